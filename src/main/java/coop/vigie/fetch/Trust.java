package coop.vigie.fetch;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts whom Java trusts, not one more; but says what is wrong with a certificate in words that its owner can act on. A chain
 * without its middle is the commonest fault of servers, and the hardest to see: browsers know the missing part.
 */
final class Trust extends X509ExtendedTrustManager {

    /** A certificate that is not trusted, and why. */
    static final class DistrustException extends CertificateException {

        private static final long serialVersionUID = 1L;

        DistrustException(String words, CertificateException cause) {
            super(words, cause);
        }

        /** The end of a sentence. */
        String words() {
            return String.valueOf(getMessage());
        }
    }

    private final X509ExtendedTrustManager java;

    private Trust(X509ExtendedTrustManager java) {
        this.java = java;
    }

    static SSLContext context() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            X509ExtendedTrustManager manager = Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("this Java verifies no certificates"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trust(manager)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }

    private static void explained(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            String words = words(chain, e);
            throw words == null ? e : new DistrustException(words, e);
        }
    }

    /** Null where the exception speaks for itself. */
    private static @Nullable String words(X509Certificate[] chain, CertificateException e) {
        if (e.getClass().equals(CertificateException.class)) {
            // Java looks at the name last; what it finds before is of a class below.
            return "the server's certificate is for another host name";
        }
        boolean unknown = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            unknown |= cause instanceof CertPathBuilderException;
        }
        if (!unknown) {
            return null;
        }
        X509Certificate last = chain[chain.length - 1];
        String issuer = Words.name(last.getIssuerX500Principal().getName());
        if (!last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
            return "the server's certificate chain is incomplete: it ends before the certificate of '" + issuer
                    + "', which the server has to send as well (or nobody here trusts that one)";
        }
        return chain.length == 1
                ? "the server's certificate is signed by nobody but itself"
                : "nobody here trusts '" + issuer + "', the issuer of the server's certificate";
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        explained(chain, () -> java.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        explained(chain, () -> java.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        explained(chain, () -> java.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        java.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        java.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        java.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return java.getAcceptedIssuers();
    }
}
