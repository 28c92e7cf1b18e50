package coop.vigie.deliver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The socket under one connection to the mail server. Commands and answers are short and take turns: with Nagle's algorithm
 * each message would wait some 40 ms for an acknowledgement, so it is switched off.
 */
final class MailSockets extends SSLSocketFactory {

    private final SSLSocketFactory tls;
    private @Nullable Socket socket;

    MailSockets(SSLSocketFactory tls) {
        this.tls = tls;
    }

    /** Sockets without TLS; they may be wrapped by {@link #createSocket(Socket, String, int, boolean)} later. */
    SocketFactory plain() {
        return new Plain();
    }

    /** How long a read from the present socket may take. */
    void patience(Duration atMost) {
        try {
            if (socket != null) {
                socket.setSoTimeout(Math.toIntExact(atMost.toMillis()));
            }
        } catch (SocketException closed) {
            // The next read will say so.
        }
    }

    private Socket prepared(Socket fresh) throws SocketException {
        fresh.setTcpNoDelay(true);
        socket = fresh;
        return fresh;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return tls.createSocket(prepared(plain), host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return prepared(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return prepared(tls.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return prepared(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return prepared(tls.createSocket(host, port, local, localPort));
    }

    private final class Plain extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            return prepared(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return prepared(new Socket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return prepared(new Socket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return prepared(new Socket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return prepared(new Socket(host, port, local, localPort));
        }
    }
}
