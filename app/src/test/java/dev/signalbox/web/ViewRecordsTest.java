package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What templates are given is found out before. A template that has something read while it is rendered holds up everybody
 * who looks at a page: its language locks a method that it calls for as long as the call takes.
 */
class ViewRecordsTest {
    private static final Set<Class<?>> COLLECTIONS = Set.of(List.class, Set.class, Map.class, Optional.class);

    private final Set<Class<?>> seen = new HashSet<>();
    private final List<String> notValues = new ArrayList<>();

    @Test
    void pagesAreMadeOfValuesAlone() {
        var models = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.signalbox.web")
                        .stream()
                        .filter(type -> type.isRecord() && type.getSimpleName().endsWith("Page"))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
        assertThat(models).hasSizeGreaterThan(20).contains(DeploymentPages.DeploymentPage.class);
        Stream.concat(models.stream(), Stream.of(Frame.class, Place.class)).forEach(model -> check("", model));
        assertThat(seen).contains(DeploymentLogPanel.class);
        assertThat(notValues).isEmpty();
    }

    private void check(String where, Type type) {
        switch (type) {
            case Class<?> plain -> checkClass(where, plain);
            case ParameterizedType generic -> {
                check(where, generic.getRawType());
                Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> check(where, argument));
            }
            case WildcardType wildcard ->
                Arrays.stream(wildcard.getUpperBounds()).forEach(bound -> check(where, bound));
            default -> notValues.add(where + " is a " + type);
        }
    }

    private void checkClass(String where, Class<?> type) {
        if (type.isPrimitive() || type.isEnum() || COLLECTIONS.contains(type)) return;
        if (type.getName().startsWith("java.lang.") || type.getName().startsWith("java.time.")) return;
        if (!seen.add(type)) return;
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                check(type.getSimpleName() + "." + component.getName(), component.getGenericType());
            }
        } else if (type.isSealed()) {
            for (var permitted : type.getPermittedSubclasses()) checkClass(where, permitted);
        } else {
            notValues.add(where + " is a " + type.getName());
        }
    }
}
