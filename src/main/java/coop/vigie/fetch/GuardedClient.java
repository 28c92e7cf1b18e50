package coop.vigie.fetch;

import java.net.InetAddress;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;

/**
 * An HTTP client whose names and sockets a guard watches. Each request has a connection of its own; no redirect, no retry,
 * no cookie, no proxy of the environment.
 */
public final class GuardedClient {

    private static final int MAX_HEADER_LINE = 16_384;
    private static final int MAX_HEADERS = 200;

    private GuardedClient() {}

    /**
     * For whoever writes to a server rather than reading from it; the caller closes it.
     *
     * @param contact as for {@link Fetcher}
     */
    public static CloseableHttpClient of(String contact, boolean allowPrivateNetwork) {
        return of(Fetcher.userAgent(contact), new AddressGuard(InetAddress::getAllByName, allowPrivateNetwork));
    }

    static CloseableHttpClient of(String userAgent, AddressGuard guard) {
        return HttpClients.custom()
                .setConnectionManager(new Connections(guard)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(MAX_HEADER_LINE)
                                        .setMaxHeaderCount(MAX_HEADERS)
                                        .build())
                                .build())
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(Trust.context()))
                        .setMaxConnPerRoute(4)
                        .setMaxConnTotal(1_000)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent(userAgent)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** True for the exception of a request that the guard did not let through. */
    public static boolean isForbidden(Throwable failure) {
        return failure instanceof ForbiddenAddressException;
    }

    private static final class Connections extends PoolingHttpClientConnectionManagerBuilder {

        private final AddressGuard guard;

        Connections(AddressGuard guard) {
            this.guard = guard;
            setDnsResolver(guard);
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    proxy -> guard.socket(),
                    ports,
                    names,
                    RegistryBuilder.<TlsSocketStrategy>create()
                            .register("https", tls)
                            .build());
        }
    }
}
