package dev.signalbox.doctor;

import java.nio.file.Path;

/**
 * Where this appliance has its things, as far as checks look at them.
 *
 * @param root of the files of the machine
 */
public record Premises(
        Path root,
        Path data,
        Path database,
        Path masterKey,
        int panelPort,
        int httpPort,
        int httpsPort,
        int proxyApiPort,
        String proxyImage) {}
