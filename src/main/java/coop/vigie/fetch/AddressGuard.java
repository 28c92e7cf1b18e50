package coop.vigie.fetch;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests out of private networks: where a name is looked up, and again on the socket itself, so that neither a
 * literal address nor a name that answers differently the second time gets through. The special-purpose registries are
 * those of IANA (RFC 6890 and its updates).
 */
final class AddressGuard implements DnsResolver {

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Block(int prefix, byte[] network) {

        static Block of(String cidr) {
            int slash = cidr.indexOf('/');
            try {
                return new Block(
                        Integer.parseInt(cidr.substring(slash + 1)),
                        InetAddress.getByName(cidr.substring(0, slash)).getAddress());
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("not an address block: " + cidr, e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> SPECIAL = List.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20")
            .stream()
            .map(Block::of)
            .toList();

    /** IPv6 addresses of the public network; whatever lies outside is loopback, link-local, unique-local, multicast … */
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");

    /** RFC 6052: the last four bytes are an IPv4 address. */
    private static final Block NAT64 = Block.of("64:ff9b::/96");

    /** RFC 3056: bytes 2 to 5 are an IPv4 address. */
    private static final Block SIX_TO_FOUR = Block.of("2002::/16");

    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    /** Looks names up; the system's resolver, but in tests. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final Names names;
    private final Predicate<InetAddress> allowed;

    AddressGuard(Names names, boolean allowPrivate) {
        this(names, allowPrivate ? address -> true : AddressGuard::isPublic);
    }

    /** @param allowed what may be asked; another idea of "public" than ours is for tests alone, which have no public network */
    AddressGuard(Names names, Predicate<InetAddress> allowed) {
        this.names = names;
        this.allowed = allowed;
    }

    /** All addresses of a name; if a single one is not public, none. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.of(host);
        if (!Arrays.stream(addresses).allMatch(allowed)) {
            throw new ForbiddenAddressException(host);
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** A socket that connects to nothing the guard forbids, and through no proxy of the environment. */
    Socket socket() {
        return new Socket(Proxy.NO_PROXY) {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                check(endpoint);
                super.connect(endpoint, timeout);
                check(getRemoteSocketAddress());
            }

            @Override
            public void connect(SocketAddress endpoint) throws IOException {
                connect(endpoint, 0);
            }

            private void check(SocketAddress endpoint) throws IOException {
                InetAddress address = endpoint instanceof InetSocketAddress inet ? inet.getAddress() : null;
                if (address == null) {
                    close();
                    throw new UnknownHostException(String.valueOf(endpoint));
                }
                if (!allowed.test(address)) {
                    close();
                    throw new ForbiddenAddressException(String.valueOf(endpoint));
                }
            }
        };
    }

    /** Makes such sockets for those who ask for a factory, and connect them themselves. */
    SocketFactory sockets() {
        return new SocketFactory() {
            @Override
            public Socket createSocket() {
                return socket();
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return connected(resolve(host)[0], port);
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
                return createSocket(host, port);
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return connected(host, port);
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
                return connected(host, port);
            }
        };
    }

    private Socket connected(InetAddress address, int port) throws IOException {
        Socket socket = socket();
        socket.connect(new InetSocketAddress(address, port));
        return socket;
    }

    static boolean isPublic(InetAddress address) {
        return isPublic(address.getAddress());
    }

    private static boolean isPublic(byte[] address) {
        if (NAT64.contains(address)) {
            return isPublic(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address) && !isPublic(Arrays.copyOfRange(address, 2, 6))) {
            return false;
        }
        if (address.length != 4 && !GLOBAL_UNICAST.contains(address)) {
            return false;
        }
        return SPECIAL.stream().noneMatch(block -> block.contains(address));
    }

    /**
     * Whether a host is a number in a form that programs read differently: {@code 2130706433}, {@code 0x7f.1},
     * {@code 0177.0.0.1}, {@code 127.1}. No honest source writes one. The rule "ends in a number" is the one of the
     * WHATWG URL standard, section 3.5.
     */
    static boolean isDisguisedNumber(String host) {
        String[] labels = host.split("\\.", -1);
        int last = labels.length - 1;
        if (labels[last].isEmpty() && last > 0) {
            last--; // the root's trailing dot
        }
        boolean number = labels[last].matches("(?i)[0-9]+|0x[0-9a-f]*");
        return number && !DOTTED_QUAD.matcher(host).matches();
    }

    /**
     * Whether a literal hides an IPv4 address in an IPv6 one: mapped ({@code ::ffff:8.8.8.8}), or for a translator (NAT64, 6to4).
     * A resolver may answer so, where the network has only IPv6; no honest source writes it.
     */
    static boolean isTranslated(String host) {
        InetAddress literal = host.indexOf(':') < 0 ? null : literal(host);
        return literal != null
                && (literal instanceof Inet4Address
                        || NAT64.contains(literal.getAddress())
                        || SIX_TO_FOUR.contains(literal.getAddress()));
    }

    /** The address if the host is a literal, with or without brackets; null if it is a name. Looks nothing up. */
    static @Nullable InetAddress literal(String host) {
        if (host.indexOf(':') < 0 && !DOTTED_QUAD.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(host.replaceFirst("%[^]]*", "")); // without the zone, which may not exist here
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
