package dev.signalbox.web;

/** Ends a request with a no; thrown at the edge only, where the request is read and an outcome is turned into an answer. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refusal(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
