package coop.vigie.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A mail server on loopback that takes everything and keeps nothing but who got a message. */
final class MailSink implements AutoCloseable {

    private static final byte[] END = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener;
    private final Set<String> recipients = ConcurrentHashMap.newKeySet();

    MailSink() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many different recipients got a message. */
    int recipients() {
        return recipients.size();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                OutputStream out = socket.getOutputStream()) {
            var in = new Lines(socket.getInputStream());
            say(out, "220 sink");
            String recipient = "";
            for (String line = in.next(); !line.isEmpty(); line = in.next()) {
                String command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("RCPT")) {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                }
                if (command.startsWith("DATA")) {
                    say(out, "354 go on");
                    in.skipMessage();
                    recipients.add(recipient);
                    say(out, "250 taken");
                } else if (command.startsWith("QUIT")) {
                    say(out, "221 bye");
                    return;
                } else {
                    say(out, "250 ok");
                }
            }
        } catch (IOException gone) {
            // The client has gone.
        }
    }

    /** What a client says. Read in large pieces: what is measured is the client. */
    private static final class Lines {

        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private int at;
        private int end;

        Lines(InputStream in) {
            this.in = in;
        }

        private int read() throws IOException {
            if (at == end) {
                end = in.read(buffer);
                at = 0;
            }
            return end < 0 ? -1 : buffer[at++];
        }

        /** Without its end; empty once the client has gone. */
        String next() throws IOException {
            var line = new StringBuilder();
            for (int each = read(); each >= 0 && each != '\n'; each = read()) {
                if (each != '\r') {
                    line.append((char) each);
                }
            }
            return line.toString();
        }

        void skipMessage() throws IOException {
            int met = 2;
            while (met < END.length) {
                int each = read();
                if (each < 0) {
                    throw new IOException("cut off");
                }
                met = each == END[met] ? met + 1 : each == '\r' ? 1 : 0;
            }
        }
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
