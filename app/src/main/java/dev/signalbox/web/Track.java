package dev.signalbox.web;

import java.util.List;

/**
 * The piece of line beside one step of a deployment: left is what serves, right is the new release, and they cross where
 * requests change over. The first release of all has one line to itself. A hundred units are as high as the step.
 */
record Track(List<Line> lines) {
    private static final String LIVE = "t-live";
    private static final String NEW = "t-new";
    private static final String OLD = "t-old";
    private static final String BAD = "t-bad";
    private static final String TODO = "t-todo";

    Track {
        lines = List.copyOf(lines);
    }

    /** One stroke. */
    record Line(String style, String path) {}

    private static Track of(String... stylesAndPaths) {
        var lines = new Line[stylesAndPaths.length / 2];
        for (int i = 0; i < lines.length; i++) lines[i] = new Line(stylesAndPaths[2 * i], stylesAndPaths[2 * i + 1]);
        return new Track(List.of(lines));
    }

    /** How far a step is. */
    enum Stage {
        TODO,
        NOW,
        DONE
    }

    /** Below the plates with the numbers. */
    static Track begin(boolean alone) {
        return alone ? of(NEW, "M16 30V100") : of(LIVE, "M16 30V100", NEW, "M48 30V100");
    }

    /** Before requests change over. */
    static Track before(boolean alone, Stage stage) {
        var at = alone ? "M16 " : "M48 ";
        var right = switch (stage) {
            case TODO -> new String[] {TODO, at + "0V100"};
            case NOW -> new String[] {NEW, at + "0V20", TODO, at + "20V100"};
            case DONE -> new String[] {NEW, at + "0V100"};
        };
        if (alone) return of(right);
        return right.length == 2
                ? of(LIVE, "M16 0V100", right[0], right[1])
                : of(LIVE, "M16 0V100", right[0], right[1], right[2], right[3]);
    }

    /** Where requests change over. */
    static Track cross(boolean alone, Stage stage) {
        if (alone) {
            return switch (stage) {
                case TODO, NOW -> before(true, stage);
                case DONE -> of(NEW, "M16 0V50", LIVE, "M16 50V100");
            };
        }
        return switch (stage) {
            case TODO -> of(LIVE, "M16 0V30", TODO, "M16 30L48 100M48 0V30L16 100");
            case NOW -> of(LIVE, "M16 0V30", NEW, "M48 0V30", TODO, "M16 30L48 100M48 30L16 100");
            case DONE -> of(LIVE, "M16 0V30", OLD, "M16 30L48 100", NEW, "M48 0V30", LIVE, "M48 30L16 100");
        };
    }

    /** After requests have changed over. */
    static Track after(boolean alone, Stage stage) {
        if (alone) {
            return switch (stage) {
                case TODO -> of(TODO, "M16 0V100");
                case NOW -> of(LIVE, "M16 0V20", TODO, "M16 20V100");
                case DONE -> of(LIVE, "M16 0V100");
            };
        }
        return switch (stage) {
            case TODO -> of(TODO, "M16 0V100M48 0V100");
            case NOW -> of(LIVE, "M16 0V20", TODO, "M16 20V100", OLD, "M48 0V100");
            case DONE -> of(LIVE, "M16 0V100", OLD, "M48 0V100");
        };
    }

    /** Where the line of the old release comes to its buffer. */
    static Track drain(Stage stage) {
        return switch (stage) {
            case TODO -> of(TODO, "M16 0V100M48 0V70", OLD, "M39 70H57");
            case NOW -> of(LIVE, "M16 0V100", OLD, "M48 0V20", TODO, "M48 20V70", OLD, "M39 70H57");
            case DONE -> of(LIVE, "M16 0V100", OLD, "M48 0V70M39 70H57");
        };
    }

    /** Where the old release stops before the new one starts. */
    static Track hold(Stage stage) {
        return switch (stage) {
            case TODO -> of(LIVE, "M16 0V70", OLD, "M7 70H25", TODO, "M48 0V100");
            case NOW -> of(LIVE, "M16 0V20", TODO, "M16 20V70M48 20V100", OLD, "M7 70H25", NEW, "M48 0V20");
            case DONE -> of(OLD, "M16 0V70M7 70H25", NEW, "M48 0V100");
        };
    }

    /** Where the new release comes up and nothing serves beside it. */
    static Track lone(Stage stage) {
        return switch (stage) {
            case TODO -> of(TODO, "M48 0V100");
            case NOW -> of(NEW, "M48 0V20", TODO, "M48 20V100");
            case DONE -> of(NEW, "M48 0V100");
        };
    }

    /** Where the requests that waited come to it. */
    static Track arrive(Stage stage) {
        return switch (stage) {
            case TODO -> of(TODO, "M48 0V30L16 100");
            case NOW -> of(NEW, "M48 0V30", TODO, "M48 30L16 100");
            case DONE -> of(NEW, "M48 0V30", LIVE, "M48 30L16 100");
        };
    }

    /** Where the new release stopped, and what had stopped for it comes back. */
    static Track comeBack(boolean crossed, boolean failed) {
        return of(failed ? BAD : OLD, crossed ? "M16 0V40" : "M48 0V50", LIVE, "M16 60V100");
    }

    static Track end(Stage stage) {
        return stage == Stage.TODO ? of(TODO, "M16 0V50") : of(LIVE, "M16 0V50");
    }

    /** Where the new release stopped; what served goes on, or comes back if requests had changed over. */
    static Track stop(boolean alone, boolean crossed, boolean failed) {
        var style = failed ? BAD : OLD;
        if (alone) return of(style, "M16 0V50");
        return crossed ? of(style, "M16 0V50", LIVE, "M48 0V50L16 100") : of(LIVE, "M16 0V100", style, "M48 0V50");
    }

    /** What served goes on alone. */
    static Track old(boolean alone) {
        return alone ? new Track(List.of()) : of(LIVE, "M16 0V100");
    }
}
