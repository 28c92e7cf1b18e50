package coop.vigie;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Certificates made for one run of the tests (X.509, RFC 5280; written in DER, as the JDK offers no way to make one): an
 * authority, one below it, and what servers show.
 */
public final class TestCertificates {

    private static final char[] PASSWORD = "not a secret".toCharArray();
    private static final byte[] ECDSA_WITH_SHA256 =
            sequence(der(0x06, new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02}));

    /** A certificate with its key, and those above it that a server shows with it. */
    public record Identity(KeyPair keys, X509Certificate certificate, List<X509Certificate> shown) {

        /** Makes sockets of a server that shows this. */
        public ServerSocketFactory server() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, PASSWORD);
                store.setKeyEntry("server", keys.getPrivate(), PASSWORD, shown.toArray(Certificate[]::new));
                var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                managers.init(store, PASSWORD);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), null, null);
                return context.getServerSocketFactory();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final Instant now = Instant.now();
    private long serial;
    private final Identity root = issued("Test Root", null, 0, 365, true);
    private final Identity middle = issued("Test Middle", root, 0, 365, true);

    /** @param address for which the certificate is */
    public Identity good(String address) {
        return shown(issued(address, middle, -1, 30, false), true);
    }

    public Identity expired(String address) {
        return shown(issued(address, middle, -30, -1, false), true);
    }

    public Identity notYetValid(String address) {
        return shown(issued(address, middle, 10, 30, false), true);
    }

    public Identity selfSigned(String address) {
        return issued(address, null, -1, 30, false);
    }

    /** Without the certificate between it and the root, as servers are often set up. */
    public Identity incomplete(String address) {
        return shown(issued(address, middle, -1, 30, false), false);
    }

    private Identity shown(Identity leaf, boolean whole) {
        List<X509Certificate> chain =
                whole ? List.of(leaf.certificate(), middle.certificate()) : List.of(leaf.certificate());
        return new Identity(leaf.keys(), leaf.certificate(), chain);
    }

    /** Options for a Java that trusts the root, and nobody else. */
    public List<String> trust(Path folder) throws IOException {
        Path file = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted().store(out, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return List.of(
                "-Djavax.net.ssl.trustStore=" + file,
                "-Djavax.net.ssl.trustStoreType=PKCS12",
                "-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD));
    }

    private KeyStore trusted() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setCertificateEntry("root", root.certificate());
        return store;
    }

    /** @param issuer null for one that signs itself */
    private Identity issued(String name, Identity issuer, int fromDay, int untilDay, boolean authority) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            byte[] subject = name(name);
            byte[] body = sequence(
                    der(0xa0, integer(2)),
                    integer(++serial),
                    ECDSA_WITH_SHA256,
                    issuer == null
                            ? subject
                            : issuer.certificate().getSubjectX500Principal().getEncoded(),
                    sequence(time(fromDay), time(untilDay)),
                    subject,
                    keys.getPublic().getEncoded(),
                    der(0xa3, sequence(authority ? isAuthority() : isFor(name))));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign((issuer == null ? keys : issuer.keys()).getPrivate());
            signature.update(body);
            byte[] whole = sequence(body, ECDSA_WITH_SHA256, der(0x03, joined(new byte[] {0}, signature.sign())));
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
            return new Identity(keys, certificate, List.of(certificate));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] name(String commonName) {
        byte[] attribute = sequence(
                der(0x06, new byte[] {0x55, 0x04, 0x03}), der(0x0c, commonName.getBytes(StandardCharsets.UTF_8)));
        return sequence(der(0x31, attribute));
    }

    private byte[] time(int days) {
        String text = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(now.plus(days, ChronoUnit.DAYS));
        return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] isAuthority() {
        byte[] value = sequence(der(0x01, new byte[] {(byte) 0xff}));
        return sequence(
                der(0x06, new byte[] {0x55, 0x1d, 0x13}), der(0x01, new byte[] {(byte) 0xff}), der(0x04, value));
    }

    /** An address of the machine, or a name. */
    private static byte[] isFor(String host) throws IOException {
        byte[] alternative = Character.isDigit(host.charAt(0))
                ? der(0x87, InetAddress.getByName(host).getAddress())
                : der(0x82, host.getBytes(StandardCharsets.US_ASCII));
        return sequence(der(0x06, new byte[] {0x55, 0x1d, 0x11}), der(0x04, sequence(alternative)));
    }

    private static byte[] integer(long value) {
        return der(0x02, BigInteger.valueOf(value).toByteArray());
    }

    private static byte[] sequence(byte[]... parts) {
        return der(0x30, joined(parts));
    }

    private static byte[] der(int tag, byte[] content) {
        int length = content.length;
        byte[] size = length < 0x80
                ? new byte[] {(byte) length}
                : length < 0x100
                        ? new byte[] {(byte) 0x81, (byte) length}
                        : new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
        return joined(new byte[] {(byte) tag}, size, content);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
