package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;
import java.util.Optional;

/** A person to be, as they would be kept. */
record Candidate(String name, String email, Secret password) {
    static Candidate of(NewPerson typed) {
        return new Candidate(PersonRules.name(typed.name()), PersonRules.email(typed.email()), typed.password());
    }

    Optional<Flaw> flaw() {
        return PersonRules.flawInName(name)
                .or(() -> PersonRules.flawInEmail(email))
                .or(() -> PasswordPolicy.flaw(password, name, email));
    }
}
