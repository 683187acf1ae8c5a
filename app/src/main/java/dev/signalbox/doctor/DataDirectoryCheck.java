package dev.signalbox.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Whether nobody but the appliance reads what it keeps. */
record DataDirectoryCheck(Path data) implements Check {
    private static final String OWNER_ONLY = "rwx------";

    @Override
    public String subject() {
        return "Data";
    }

    @Override
    public Finding examine() throws IOException {
        if (!Files.isDirectory(data)) {
            return Finding.fail("There is no directory " + data + ".", "Put it back, or run the installer again.");
        }
        var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(data));
        var owner = Files.getOwner(data).getName();
        if (permissions.equals(OWNER_ONLY)) return Finding.ok(data + " is " + owner + "'s alone.");
        return Finding.fail(
                "Others than " + owner + " reach into " + data + " (" + permissions + ").", "chmod 700 " + data);
    }
}
