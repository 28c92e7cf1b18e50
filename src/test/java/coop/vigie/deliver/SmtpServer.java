package coop.vigie.deliver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server on loopback that takes everything, but for the one fault it is told to have. */
public final class SmtpServer implements AutoCloseable {

    /** What it answers instead of the usual; each is one of these words, or a reply such as {@code 450 later}. */
    public static final String DISCONNECT = "disconnect";

    public static final String SILENCE = "silence";
    public static final String GARBAGE = "garbage";
    /** Only for the final dot: takes the message and says nothing. */
    public static final String TAKE_AND_DISCONNECT = "take and disconnect";

    public static final String TAKE_AND_SILENCE = "take and silence";

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID: (\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("<([^>]*)>");

    /** One message, as the server took it. */
    public record Taken(String messageId, String sender, String recipient, String text) {}

    private final ServerSocket listener;
    private final @Nullable SSLContext tls;
    private final boolean implicit;
    private final @Nullable String login;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Taken> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile @Nullable String faultyCommand;
    private volatile String fault = "";
    private volatile int messagesPerConnection = Integer.MAX_VALUE;

    /**
     * @param tls null for none; otherwise offered as STARTTLS, or spoken from the first byte if {@code implicit}
     * @param login {@code user:password}, or null if none is asked for
     */
    public SmtpServer(@Nullable SSLContext tls, boolean implicit, @Nullable String login) throws IOException {
        this.tls = tls;
        this.implicit = implicit;
        this.login = login;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    public static SmtpServer plain() throws IOException {
        return new SmtpServer(null, false, null);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on: this command ({@code GREETING}, {@code EHLO} … {@code .}) is answered so. */
    public void fail(String command, String answer) {
        fault = answer;
        faultyCommand = command;
    }

    public void heal() {
        faultyCommand = null;
    }

    /** As some servers do: 452 to everything after so many. */
    public void tiresAfter(int messages) {
        messagesPerConnection = messages;
    }

    public List<Taken> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    /** How many messages it took. */
    public int count() {
        return taken.size();
    }

    /** How many connections were ever opened. */
    public int connections() {
        return connections.get();
    }

    public int openConnections() {
        return open.size();
    }

    /** Everything clients said outside messages. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Hangs up on everybody. */
    public void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        hangUp();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var conversation = new Conversation(implicit && tls != null ? secured(socket, tls) : socket);
            conversation.run();
        } catch (IOException gone) {
            // The client went, or we hung up.
        } finally {
            open.remove(socket);
        }
    }

    private static Socket secured(Socket socket, SSLContext tls) throws IOException {
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
        secured.setUseClientMode(false);
        return secured;
    }

    /** One client, from greeting to goodbye. */
    private final class Conversation {

        private InputStream in;
        private OutputStream out;
        private Socket socket;
        private String sender = "";
        private String recipient = "";
        private int messages;

        Conversation(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        void run() throws IOException {
            answer("GREETING", "220 test server");
            while (true) {
                String line = line();
                heard.add(line);
                String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                switch (command) {
                    case "EHLO" -> answer(command, extensions());
                    case "STARTTLS" -> startTls();
                    case "AUTH" -> login(line);
                    case "MAIL" -> {
                        sender = address(line);
                        answer(command, messages >= messagesPerConnection ? "452 too many messages" : "250 ok");
                    }
                    case "RCPT" -> {
                        recipient = address(line);
                        answer(command, "250 ok");
                    }
                    case "DATA" -> {
                        if (answer(command, "354 go on").startsWith("354")) {
                            take(data());
                        }
                    }
                    case "QUIT" -> {
                        answer(command, "221 bye");
                        return;
                    }
                    default -> answer(command, "250 ok");
                }
            }
        }

        private String extensions() {
            boolean offersTls = tls != null && !implicit && !(socket instanceof SSLSocket);
            return "250-test\r\n" + (offersTls ? "250-STARTTLS\r\n" : "") + (login == null ? "" : "250-AUTH PLAIN\r\n")
                    + "250 SIZE";
        }

        private void startTls() throws IOException {
            if (answer("STARTTLS", "220 go").startsWith("220") && tls != null) {
                socket = secured(socket, tls);
                in = new BufferedInputStream(socket.getInputStream());
                out = socket.getOutputStream();
            }
        }

        private void login(String line) throws IOException {
            String plain = new String(Base64.getDecoder().decode(line.split(" ")[2]), StandardCharsets.UTF_8);
            String given = plain.substring(plain.indexOf('\0') + 1).replace('\0', ':');
            // Repeating what was sent is rude, and happens.
            answer("AUTH", given.equals(login) ? "235 welcome" : "535 no such login " + given);
        }

        private void take(String text) throws IOException {
            messages++;
            boolean faulty = ".".equals(faultyCommand);
            if (!faulty || fault.startsWith("take") || fault.startsWith("2")) {
                Matcher id = MESSAGE_ID.matcher(text);
                taken.add(new Taken(id.find() ? id.group(1) : "", sender, recipient, text));
            }
            answer(".", "250 taken");
        }

        private String answer(String command, String usual) throws IOException {
            String answer = command.equals(faultyCommand) ? fault : usual;
            switch (answer) {
                case DISCONNECT, TAKE_AND_DISCONNECT -> throw new EOFException("on purpose");
                case SILENCE, TAKE_AND_SILENCE -> {
                    while (in.read() >= 0) {
                        // Listens for ever, and says nothing.
                    }
                    throw new EOFException("the client gave up");
                }
                case GARBAGE -> write("\u0001\u0002 what? \u00fe");
                default -> write(answer);
            }
            return answer;
        }

        private void write(String answer) throws IOException {
            out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        private String data() throws IOException {
            var text = new StringBuilder();
            for (String line = line(); !line.equals("."); line = line()) {
                text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
            return text.toString();
        }

        private String line() throws IOException {
            var line = new ByteArrayOutputStream();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException("the client went");
                }
                if (octet != '\r') {
                    line.write(octet);
                }
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        }

        private static String address(String line) {
            Matcher matcher = ADDRESS.matcher(line);
            return matcher.find() ? matcher.group(1) : "";
        }
    }
}
