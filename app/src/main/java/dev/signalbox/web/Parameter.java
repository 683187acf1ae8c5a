package dev.signalbox.web;

import java.util.Optional;

/** A parameter of the query: what it may be, and what it is when it is not given. */
sealed interface Parameter {
    String name();

    String about();

    /** The problem with this text, if there is one. */
    Optional<Problem> check(String text);

    /** A whole number within bounds. */
    record Whole(String name, String about, int least, int most, int otherwise) implements Parameter {
        @Override
        public Optional<Problem> check(String text) {
            return parse(text).isPresent()
                    ? Optional.empty()
                    : Optional.of(invalid("Use a whole number from " + least + " to " + most + "."));
        }

        Optional<Integer> parse(String text) {
            if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.empty();
            }
            var number = Integer.parseInt(text);
            return number >= least && number <= most ? Optional.of(number) : Optional.empty();
        }

        private Problem invalid(String message) {
            return Problem.invalid("parameter_invalid", name, message);
        }
    }

    /** A short text. */
    record Word(String name, String about, int longest) implements Parameter {
        @Override
        public Optional<Problem> check(String text) {
            return text.length() <= longest
                    ? Optional.empty()
                    : Optional.of(
                            Problem.invalid("parameter_invalid", name, "Use at most " + longest + " characters."));
        }
    }
}
