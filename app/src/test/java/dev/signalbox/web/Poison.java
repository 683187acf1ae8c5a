package dev.signalbox.web;

import static dev.signalbox.db.schema.tables.BuiltImages.BUILT_IMAGES;
import static dev.signalbox.db.schema.tables.DeploymentSteps.DEPLOYMENT_STEPS;
import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Environments.ENVIRONMENTS;
import static dev.signalbox.db.schema.tables.Invitations.INVITATIONS;
import static dev.signalbox.db.schema.tables.People.PEOPLE;
import static dev.signalbox.db.schema.tables.Sessions.SESSIONS;
import static dev.signalbox.db.schema.tables.Teams.TEAMS;
import static dev.signalbox.db.schema.tables.Tokens.TOKENS;
import static dev.signalbox.db.schema.tables.Variables.VARIABLES;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.projects.Workload;
import java.util.List;
import java.util.Map;

/** Text that would do something anywhere but in a page of ours, for every place where text is stored. */
final class Poison {
    static final String MARK = "window.name='ran'";
    /** What a template would make of the sum in the payload. */
    static final String COMPUTED = "910917";

    static final String PAYLOAD = "<img src=x onerror=" + MARK + ">\"><svg onload=" + MARK + "></textarea></title>"
            + "<script>" + MARK + "</script>'><a href=javascript:" + MARK + ">x</a> javascript:" + MARK
            + " ${130131*7} [[${130131*7}]] [(${130131*7})] __${130131*7}__ *{130131*7} {{130131*7}}";

    /** What the engine lets through of one line that never ends. */
    static final int LONGEST_LINE = 64 << 10;

    private Poison() {}

    /** What is stored, each with its own word before it. */
    static String hostile(String word) {
        return word + "-word " + PAYLOAD;
    }

    static void into(AcmeStory story, Workload web) {
        var world = story.world;
        world.db.change(sql -> {
            sql.update(TEAMS)
                    .set(TEAMS.NAME, hostile("team"))
                    .where(TEAMS.ID.eq(story.team.teamId()))
                    .execute();
            sql.update(PEOPLE)
                    .set(PEOPLE.NAME, hostile("person"))
                    .where(PEOPLE.NAME.eq("Mara Lindqvist"))
                    .execute();
            sql.update(PEOPLE)
                    .set(PEOPLE.EMAIL, hostile("mail"))
                    .where(PEOPLE.NAME.eq("Priya Raman"))
                    .execute();
            sql.update(TOKENS).set(TOKENS.NAME, hostile("token")).execute();
            sql.update(SESSIONS)
                    .set(SESSIONS.AGENT, hostile("agent"))
                    .set(SESSIONS.ADDRESS, hostile("address"))
                    .execute();
            sql.update(INVITATIONS)
                    .set(INVITATIONS.INVITED_BY, hostile("inviter"))
                    .execute();
            sql.update(ENVIRONMENTS)
                    .set(ENVIRONMENTS.BRANCH, hostile("branch"))
                    .where(ENVIRONMENTS.NAME.eq("staging"))
                    .execute();
            sql.update(DEPLOYMENTS)
                    .set(DEPLOYMENTS.SUBJECT, hostile("subject"))
                    .set(DEPLOYMENTS.ACTOR, hostile("actor"))
                    .set(DEPLOYMENTS.REF, "refs/heads/" + hostile("ref"))
                    .execute();
            sql.update(DEPLOYMENTS)
                    .set(DEPLOYMENTS.REASON, hostile("reason"))
                    .where(DEPLOYMENTS.STATE.eq("failed"))
                    .execute();
            sql.update(DEPLOYMENT_STEPS)
                    .set(DEPLOYMENT_STEPS.DETAIL, hostile("step"))
                    .execute();
            sql.update(BUILT_IMAGES)
                    .set(BUILT_IMAGES.DOCKERFILE, hostile("dockerfile"))
                    .execute();
            sql.update(VARIABLES).set(VARIABLES.UPDATED_BY, hostile("setter")).execute();
        });
        var visit = hostile("from");
        for (var outcome : Outcome.values()) {
            world.audit.record(new Act(
                    story.team,
                    hostile("who"),
                    hostile("what"),
                    hostile("whereon"),
                    outcome,
                    visit,
                    "req_x",
                    hostile("about")));
        }
        world.audit.record(new Act(
                story.team,
                "x",
                "variables.change",
                hostile("whereon"),
                Outcome.DONE,
                visit,
                "req_y",
                hostile("names")));
        release(world, web);
    }

    /** A release whose variables and processes nobody could have entered, and a log of all sorts. */
    private static void release(World world, Workload web) {
        var history = new History(world, web);
        var id = history.underWay(150, hostile("subject"), "starting", 3, 1);
        var command = hostile("command").replace("\"", "'");
        history.release(
                id,
                150,
                Map.of(hostile("variable"), hostile("value")),
                History.process(hostile("process").replace("\"", "'"), command, 2),
                History.process("release", command, 1));
        history.log(id).line(hostile("ours"));
        for (var line : lines()) history.log(id).output("  web.1 | " + line);
        history.log(id).output("y".repeat(2 * LONGEST_LINE));
    }

    /** What programs print to make terminals do things. */
    static List<String> lines() {
        return List.of(
                hostile("printed"),
                "\u001b[31mcoloured-word " + PAYLOAD + "\u001b[0m",
                "\u001b]8;;javascript:" + MARK + "\u0007link-word\u001b]8;;\u0007",
                "\u001b]0;title-word" + PAYLOAD + "\u0007after-title",
                "\u001b[2J\u001b[Hcleared-word",
                "overwritten\rcarriage-word",
                "lone-word \ud800 \udc00 \u0000 \u202e \u009b31m");
    }
}
