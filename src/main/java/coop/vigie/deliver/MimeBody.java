package coop.vigie.deliver;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParameterList;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The body of a message, as Jakarta Mail would write it. A library that asks the class path for a codec at each part, and
 * passes every byte through four streams, takes several times as long as all the rest of a mail.
 *
 * @param type for the header Content-Type
 * @param headers further lines
 * @param pieces of what follows the headers' blank line, in ASCII with CRLF
 */
record MimeBody(String type, List<String> headers, List<byte[]> pieces) {

    /** RFC 2045, 6.7: 76 columns, the last for the sign that a line goes on. */
    private static final int COLUMNS = 75;

    private static final byte[] CRLF = ascii("\r\n");
    private static final byte[] HEX = ascii("0123456789ABCDEF");

    /** Text in quoted-printable. */
    static MimeBody text(String text, String subtype) {
        return new MimeBody(
                "text/" + subtype + "; charset=UTF-8",
                List.of("Content-Transfer-Encoding: quoted-printable"),
                List.of(quotedPrintable(text)));
    }

    /** The same as a file. */
    static MimeBody attached(String text, String subtype, String name) {
        MimeBody part = text(text, subtype);
        return new MimeBody(
                part.type() + "; name=" + name,
                List.of(part.headers().getFirst(), "Content-Disposition: attachment; filename=" + name),
                part.pieces());
    }

    /** @param boundary stands in none of the parts */
    static MimeBody parts(String subtype, String boundary, MimeBody... parts) {
        List<byte[]> pieces = new ArrayList<>();
        for (MimeBody part : parts) {
            pieces.add(ascii("--" + boundary + "\r\nContent-Type: " + part.type() + "\r\n"));
            part.headers().forEach(header -> pieces.add(ascii(header + "\r\n")));
            pieces.add(CRLF);
            pieces.addAll(part.pieces());
            pieces.add(CRLF);
        }
        pieces.add(ascii("--" + boundary + "--\r\n"));
        var type = new ContentType("multipart", subtype, new ParameterList());
        type.setParameter("boundary", boundary);
        return new MimeBody(type.toString(), List.of(), pieces);
    }

    int size() {
        return pieces.stream().mapToInt(piece -> piece.length).sum();
    }

    /** Writes what follows the message's own headers. */
    void writeTo(ByteArrayOutputStream out) {
        out.writeBytes(CRLF);
        pieces.forEach(out::writeBytes);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Any line end becomes CRLF. */
    static byte[] quotedPrintable(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length + bytes.length / 8 + 64];
        int end = 0;
        int column = 0;
        for (int at = 0; at < bytes.length; at++) {
            // At most a soft line break and one byte of three characters.
            if (end + 6 > out.length) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            int each = bytes[at];
            int next = at + 1 < bytes.length ? bytes[at + 1] : '\n';
            if (each == '\n' || each == '\r') {
                out[end++] = '\r';
                out[end++] = '\n';
                column = 0;
                at += each == '\r' && next == '\n' && at + 1 < bytes.length ? 1 : 0;
                continue;
            }
            // Negative beyond ASCII. A space at the end of a line would get lost on the way.
            boolean plain = each > ' ' ? each < 0x7F && each != '=' : each == ' ' && next != '\n' && next != '\r';
            column += plain ? 1 : 3;
            if (column > COLUMNS) {
                out[end++] = '=';
                out[end++] = '\r';
                out[end++] = '\n';
                column = plain ? 1 : 3;
            }
            if (plain) {
                out[end++] = (byte) each;
            } else {
                out[end++] = '=';
                out[end++] = HEX[each >> 4 & 0xF];
                out[end++] = HEX[each & 0xF];
            }
        }
        return Arrays.copyOf(out, end);
    }
}
