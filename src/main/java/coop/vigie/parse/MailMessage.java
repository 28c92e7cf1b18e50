package coop.vigie.parse;

import coop.vigie.text.CleanHtml;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says, however broken it is: unknown charsets, cut base64, missing boundaries cost as little as they must.
 *
 * @param id its Message-ID; else a hash of its bytes
 * @param address of the sender, in small letters; "" if there is none
 * @param sender name and address of the sender, for people
 * @param sent by its Date header, else by the last server that took it; null if neither says
 * @param report true for what mail servers say of other mails
 * @param html its words; plain text has become paragraphs with links
 */
record MailMessage(
        String id,
        String subject,
        String address,
        String sender,
        @Nullable Instant sent,
        boolean report,
        String html) {

    private static final int DEEPEST = 8;
    private static final int MOST_PARTS = 100;
    private static final int MOST_BYTES = 5_000_000;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"(),;:]{1,120}@[^\\s<>\"(),;:]{1,120}");
    private static final Pattern LINK = Pattern.compile("(?i)<a\\s[^>]{0,500}?href");
    /** Before lines that a reply repeats: "Le 10 nov. 2026 à 09:30, Anne a écrit :". */
    private static final Pattern WROTE = Pattern.compile(
            "(?m)^[ \t>]*(?:Le|On|Op|Am) [^\n]{5,120}(?:\n[^\n]{1,80})??(?:a écrit|wrote|schreef[^\n:]{0,60}|schrieb[^\n:]{0,60})\\s?:[ \t]*$");

    private static final Pattern QUOTED = Pattern.compile("(?m)^[ \t]{0,3}(?:>[ \t]?){1,9}");
    private static final Pattern WEB = Pattern.compile("https?://[^\\s<>\"]{3,2000}");

    /** Null for what has no header of a mail. */
    static @Nullable MailMessage of(byte[] bytes) {
        try {
            var properties = new Properties();
            properties.put("mail.mime.address.strict", "false");
            var message = new MimeMessage(Session.getInstance(properties), new ByteArrayInputStream(bytes));
            String from = header(message, "From");
            if (from.isEmpty()
                    && header(message, "Date").isEmpty()
                    && header(message, "Subject").isEmpty()) {
                return null;
            }
            String id = header(message, "Message-ID");
            String address = address(from);
            return new MailMessage(
                    id.isEmpty() ? Hash.of(java.util.Arrays.toString(bytes)) : id,
                    CleanHtml.line(Entities.escape(decoded(header(message, "Subject")))),
                    address,
                    sender(from, address),
                    sent(message),
                    header(message, "Content-Type").toLowerCase(Locale.ROOT).startsWith("multipart/report"),
                    new Body().of(message, 0));
        } catch (MessagingException notEvenHeaders) {
            return null;
        }
    }

    private static String header(Part part, String name) {
        try {
            String[] values = part.getHeader(name);
            return values == null || values.length == 0
                    ? ""
                    : values[0].replaceAll("\\s+", " ").strip();
        } catch (MessagingException broken) {
            return "";
        }
    }

    private static String decoded(String header) {
        try {
            return MimeUtility.decodeText(header);
        } catch (UnsupportedEncodingException | RuntimeException broken) {
            return header;
        }
    }

    private static String address(String from) {
        try {
            InternetAddress[] parsed = InternetAddress.parseHeader(from, false);
            if (parsed.length > 0
                    && parsed[0].getAddress() != null
                    && parsed[0].getAddress().contains("@")) {
                return parsed[0].getAddress().toLowerCase(Locale.ROOT);
            }
        } catch (MessagingException | RuntimeException broken) {
            // What looks like an address will do.
        }
        Matcher found = ADDRESS.matcher(from);
        return found.find() ? found.group().toLowerCase(Locale.ROOT) : "";
    }

    private static String sender(String from, String address) {
        String name = CleanHtml.line(Entities.escape(decoded(from)
                        .replaceAll("<[^>]*>", " ")
                        .replace(address, " ")
                        .replace("\"", " ")))
                .strip();
        return name.isEmpty() ? address : name + (address.isEmpty() ? "" : " <" + address + ">");
    }

    private static @Nullable Instant sent(MimeMessage message) {
        Instant date = FeedDates.parse(header(message, "Date"));
        String received = header(message, "Received");
        return date == null ? FeedDates.parse(received.substring(received.lastIndexOf(';') + 1)) : date;
    }

    /** The body being gathered. */
    private static final class Body {
        private int parts;

        String of(Part part, int depth) {
            if (depth > DEEPEST || ++parts > MOST_PARTS) {
                return "";
            }
            try {
                if (part.isMimeType("multipart/*")) {
                    return several(part, depth);
                }
                if (part.isMimeType("message/rfc822")) {
                    return of(new MimeMessage(null, new ByteArrayInputStream(bytes(part))), depth + 1);
                }
                String type = header(part, "Content-Type");
                boolean untold = type.isEmpty()
                        && new String(bytes(part), StandardCharsets.ISO_8859_1)
                                .stripLeading()
                                .startsWith("<");
                if (untold || part.isMimeType("text/html")) {
                    return Charsets.html(bytes(part), type);
                }
                return part.isMimeType("text/plain") && !isAttached(part)
                        ? paragraphs(Charsets.html(bytes(part), type))
                        : "";
            } catch (MessagingException | RuntimeException broken) {
                return "";
            }
        }

        private String several(Part part, int depth) throws MessagingException {
            var multipart = new MimeMultipart(part.getDataHandler().getDataSource());
            boolean alternative = part.isMimeType("multipart/alternative");
            List<String> bodies = new ArrayList<>();
            String html = "";
            for (int i = 0; i < Math.min(MOST_PARTS, multipart.getCount()); i++) {
                BodyPart each = multipart.getBodyPart(i);
                String body = of(each, depth + 1);
                bodies.add(body);
                // The last one is the richest (RFC 2046, section 5.1.4), but may be an invitation, or a picture alone.
                boolean richer = LINK.matcher(body).find() && !each.isMimeType("text/plain");
                html = alternative && richer ? body : html;
            }
            return html.isEmpty() ? String.join("\n", bodies) : html;
        }

        private static boolean isAttached(Part part) {
            return header(part, "Content-Disposition").toLowerCase(Locale.ROOT).startsWith("attachment");
        }

        /** As far as they can be decoded. */
        private static byte[] bytes(Part part) {
            var bytes = new ByteArrayOutputStream();
            try (InputStream in = part.getInputStream()) {
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read >= 0 && bytes.size() < MOST_BYTES; read = in.read(buffer)) {
                    bytes.write(buffer, 0, read);
                }
            } catch (IOException | MessagingException brokenOff) {
                // What came before counts; if that is nothing, what can be made of the rest.
                return bytes.size() == 0 ? mended(part) : bytes.toByteArray();
            }
            return bytes.toByteArray();
        }

        /** What is cut or damaged in base64, as far as its letters go; anything else as it is written. */
        private static byte[] mended(Part part) {
            try (InputStream in = raw(part)) {
                byte[] written = in.readNBytes(MOST_BYTES);
                if (!header(part, "Content-Transfer-Encoding").equalsIgnoreCase("base64")) {
                    return written;
                }
                String letters = new String(written, StandardCharsets.ISO_8859_1).replaceAll("[^A-Za-z0-9+/]", "");
                return Base64.getDecoder().decode(letters.substring(0, letters.length() / 4 * 4));
            } catch (IOException | MessagingException | IllegalArgumentException hopeless) {
                return new byte[0];
            }
        }

        private static InputStream raw(Part part) throws MessagingException {
            if (part instanceof MimeMessage message) {
                return message.getRawInputStream();
            }
            return part instanceof MimeBodyPart body ? body.getRawInputStream() : InputStream.nullInputStream();
        }
    }

    /** Plain text as HTML: a paragraph between blank lines, and a link for each address; without the marks of a quoted mail. */
    static String paragraphs(String plain) {
        var html = new StringBuilder();
        String unified = plain.replace("\r\n", "\n").replace('\r', '\n');
        String own = QUOTED.matcher(WROTE.matcher(unified).replaceAll("\n")).replaceAll("");
        for (String paragraph : own.split("\n[ \t]*\n")) {
            Matcher web = WEB.matcher(paragraph);
            html.append("<p>");
            int end = 0;
            while (web.find()) {
                String address = web.group().replaceFirst("[.,;:!?)\\]>'»]{1,5}$", "");
                html.append(lines(paragraph.substring(end, web.start())))
                        .append("<a href=\"%1$s\">%1$s</a>".formatted(Entities.escape(address)));
                end = web.start() + address.length();
            }
            html.append(lines(paragraph.substring(end))).append("</p>\n");
        }
        return html.toString();
    }

    private static String lines(String plain) {
        return Entities.escape(plain).replace("\n", "<br>");
    }
}
