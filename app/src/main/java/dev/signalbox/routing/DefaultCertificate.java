package dev.signalbox.routing;

import dev.signalbox.routing.TraefikConfiguration.Certificate;
import dev.signalbox.routing.TraefikConfiguration.Store;
import dev.signalbox.routing.TraefikConfiguration.Tls;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate for names that have none: made here, once, and trusted by nobody. Without it Traefik makes a new one at
 * every change of a route, and searching for its primes takes most of the time of a switch.
 */
record DefaultCertificate(String certificate, String key) {
    private static final String FILE = "default-certificate.pem";
    private static final String KEY_FILE = "default-key.pem";
    private static final Duration VALIDITY = Duration.ofDays(20 * 365);
    private static final int SERIAL_BITS = 64;

    /** Reads the one that was made before, or makes it. */
    static DefaultCertificate in(Path directory, Clock clock) {
        var file = directory.resolve(FILE);
        var keyFile = directory.resolve(KEY_FILE);
        try {
            if (!Files.exists(file) || !Files.exists(keyFile)) {
                var made = make(clock);
                DurableFile.write(directory, KEY_FILE, made.key(), directory);
                DurableFile.write(directory, FILE, made.certificate(), directory);
            }
            return new DefaultCertificate(Files.readString(file), Files.readString(keyFile));
        } catch (IOException e) {
            throw new RoutingException("The proxy's default certificate in " + directory + " cannot be read.", e);
        }
    }

    private static DefaultCertificate make(Clock clock) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var name = new X500Name("CN=Signalbox default certificate");
            var now = clock.instant();
            var certificate = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, new SecureRandom()),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(VALIDITY)),
                            name,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return new DefaultCertificate(
                    pem("CERTIFICATE", certificate.getEncoded()),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new RoutingException("The proxy's default certificate could not be made.", e);
        }
    }

    Tls tls() {
        return new Tls(Map.of("default", new Store(new Certificate(certificate, key))));
    }

    private static String pem(String kind, byte[] content) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    @Override
    public String toString() {
        return "DefaultCertificate[***]";
    }
}
