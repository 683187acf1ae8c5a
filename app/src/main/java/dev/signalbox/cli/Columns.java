package dev.signalbox.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Text in columns that stand under each other. */
final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    /** A line for each row; all rows have as many cells as the first. */
    static List<String> of(List<List<String>> rows) {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                var cell = row.get(column);
                line.append(cell)
                        .append(" ".repeat(width(rows, column) - cell.length()))
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream()
                .flatMapToInt(row -> IntStream.of(row.get(column).length()))
                .max()
                .orElse(0);
    }
}
