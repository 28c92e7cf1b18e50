package coop.vigie.inbox;

import coop.vigie.text.CleanHtml;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Headers and texts of one mail, as far as they can be had: unknown charsets, cut base64 and missing boundaries cost no more than
 * they must.
 *
 * @param pieces in the order of the mail
 */
record MimeMail(MimeMessage headers, List<Piece> pieces) {

    /** What lies behind is returned mail or an attachment: a report stands in front of it. */
    static final int MOST_BYTES = 2_000_000;

    private static final int MOST_CHARACTERS = 200_000;
    private static final int DEEPEST = 6;
    private static final int MOST_PARTS = 50;
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private static final Session SESSION = session();

    private static Session session() {
        var properties = new Properties();
        properties.put("mail.mime.allowutf8", "true");
        return Session.getInstance(properties);
    }

    /**
     * @param type such as {@code text/plain}, in small letters; {@code message/rfc822} for a mail that is only enclosed
     * @param text with line feeds alone
     */
    record Piece(String type, String text) {
        boolean is(String wanted) {
            return type.equals(wanted);
        }
    }

    static MimeMail of(byte[] bytes) {
        byte[] front = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
        MimeMessage message = message(front);
        var gathering = new Gathering();
        gathering.add(message, 0);
        if (gathering.pieces.isEmpty()) {
            gathering.add("text/plain", new String(front, StandardCharsets.ISO_8859_1));
        }
        return new MimeMail(message, List.copyOf(gathering.pieces));
    }

    private static MimeMessage message(byte[] bytes) {
        try {
            return new MimeMessage(SESSION, new ByteArrayInputStream(bytes));
        } catch (MessagingException | RuntimeException notEvenHeaders) {
            return new MimeMessage(SESSION);
        }
    }

    /** The first header of that name, decoded and in one line; "" if there is none. */
    String header(String name) {
        List<String> all = headers(name);
        return all.isEmpty() ? "" : all.getFirst();
    }

    List<String> headers(String name) {
        try {
            String[] values = headers.getHeader(name);
            return values == null
                    ? List.of()
                    : Arrays.stream(values)
                            .limit(MOST_PARTS)
                            .map(MimeMail::decoded)
                            .toList();
        } catch (MessagingException broken) {
            return List.of();
        }
    }

    private static String decoded(String written) {
        String header = written.length() > 4000 ? written.substring(0, 4000) : written;
        String line = header.replaceAll("\\s+", " ").strip();
        try {
            return MimeUtility.decodeText(line).replaceAll("\\s+", " ").strip();
        } catch (UnsupportedEncodingException | RuntimeException broken) {
            return line;
        }
    }

    private static String raw(Part part, String name) {
        try {
            String[] values = part.getHeader(name);
            return values == null || values.length == 0 ? "" : values[0];
        } catch (MessagingException broken) {
            return "";
        }
    }

    /** The pieces being gathered. */
    private static final class Gathering {
        private final List<Piece> pieces = new ArrayList<>();
        private int parts;

        void add(Part part, int depth) {
            if (depth > DEEPEST || ++parts > MOST_PARTS) {
                return;
            }
            String type = raw(part, "Content-Type").strip().toLowerCase(Locale.ROOT);
            if (type.startsWith("multipart/") && several(part, depth)) {
                return;
            }
            byte[] bytes = bytes(part);
            if (type.startsWith("message/rfc822") || type.startsWith("text/rfc822")) {
                add("message/rfc822", text(bytes, ""));
            } else if (type.startsWith("text/html")) {
                add("text/html", CleanHtml.text(cut(text(bytes, type))));
            } else if (type.isEmpty() || type.startsWith("text/") || type.startsWith("multipart/")) {
                add("text/plain", text(bytes, type));
            } else if (type.startsWith("message/")) {
                add(type.replaceAll("[;\\s].*", ""), text(bytes, type));
            }
        }

        void add(String type, String text) {
            String unified = cut(text).replace("\r\n", "\n").replace('\r', '\n');
            if (!unified.isBlank()) {
                pieces.add(new Piece(type, unified));
            }
        }

        private static String cut(String text) {
            return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
        }

        /** False if no part can be found where there should be some. */
        private boolean several(Part part, int depth) {
            int before = pieces.size();
            try {
                var multipart = new MimeMultipart(part.getDataHandler().getDataSource());
                for (int i = 0; i < Math.min(MOST_PARTS, multipart.getCount()); i++) {
                    add(multipart.getBodyPart(i), depth + 1);
                }
            } catch (MessagingException | RuntimeException broken) {
                // What came before counts.
            }
            return pieces.size() > before;
        }
    }

    /** As far as they can be decoded; where nothing can, as they are written. */
    private static byte[] bytes(Part part) {
        var bytes = new ByteArrayOutputStream();
        try (InputStream in = part.getInputStream()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
            }
            return bytes.toByteArray();
        } catch (IOException | MessagingException | RuntimeException brokenOff) {
            return bytes.size() > 0 ? bytes.toByteArray() : written(part);
        }
    }

    private static byte[] written(Part part) {
        try (InputStream in = part instanceof MimeBodyPart body
                ? body.getRawInputStream()
                : part instanceof MimeMessage whole ? whole.getRawInputStream() : InputStream.nullInputStream()) {
            return in.readAllBytes();
        } catch (IOException | MessagingException | RuntimeException hopeless) {
            return new byte[0];
        }
    }

    private static String text(byte[] bytes, String type) {
        Charset charset = charset(type);
        if (charset != null) {
            return new String(bytes, charset);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException other) {
            return new String(bytes, WESTERN);
        }
    }

    /** Null if none is named, or none that exists. */
    private static @Nullable Charset charset(String type) {
        try {
            String name = new ContentType(type).getParameter("charset");
            return name == null || name.equalsIgnoreCase("us-ascii")
                    ? null
                    : Charset.forName(MimeUtility.javaCharset(name));
        } catch (MessagingException | RuntimeException unknown) {
            return null;
        }
    }
}
