package coop.vigie.parse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a document to characters: byte order mark, then the header, then what the document says of itself, and what really
 * fits; at last UTF-8, and windows-1252 for what is not.
 */
final class Charsets {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern HEADER = Pattern.compile("(?i)charset\\s{0,5}=\\s{0,5}[\"']?([\\w.:-]{2,40})");
    private static final Pattern PROLOG =
            Pattern.compile("<\\?xml[^>]{0,200}?encoding\\s{0,5}=\\s{0,5}[\"']\\s{0,5}([\\w.:-]{2,40})");
    private static final Pattern META =
            Pattern.compile("(?i)<meta\\b[^>]{0,300}?charset\\s{0,5}=\\s{0,5}[\"']?\\s{0,5}([\\w.:-]{2,40})");
    private static final int XML_HEAD = 1024;

    /** Browsers look at 1,024 bytes; sites put more before it. */
    private static final int HTML_HEAD = 8192;

    private Charsets() {}

    /** @param contentType the Content-Type header with its charset, if one was sent */
    static String xml(byte[] bytes, @Nullable String contentType) {
        return decode(bytes, contentType, named(PROLOG, head(bytes, XML_HEAD)));
    }

    /** Likewise, of a page, which names its charset in a {@code meta} element. */
    static String html(byte[] bytes, @Nullable String contentType) {
        Charset meta = named(META, head(bytes, HTML_HEAD));
        return decode(bytes, contentType, meta == null ? named(PROLOG, head(bytes, XML_HEAD)) : meta);
    }

    private static String decode(byte[] bytes, @Nullable String contentType, @Nullable Charset declared) {
        Charset marked = byteOrderMark(bytes);
        if (marked != null) {
            return withoutMark(lenient(bytes, marked));
        }
        for (Charset candidate : candidates(bytes, contentType, declared)) {
            String text = strict(bytes, candidate);
            if (text != null) {
                return withoutMark(text);
            }
        }
        // A cut or damaged multi-byte text: mostly readable beats wholly garbled.
        return withoutMark(mostlyUtf8(bytes) ? lenient(bytes, StandardCharsets.UTF_8) : lenient(bytes, WINDOWS_1252));
    }

    private static List<Charset> candidates(byte[] bytes, @Nullable String contentType, @Nullable Charset declared) {
        var candidates = new ArrayList<Charset>();
        Charset wide = wideByPattern(bytes);
        if (wide != null) {
            candidates.add(wide);
        }
        Charset header = named(HEADER, contentType == null ? "" : contentType);
        Charset own = wide != null ? null : declared;
        add(candidates, header);
        // Servers add a default charset that the author never saw; bytes that are valid UTF-8 and say so are UTF-8.
        if (StandardCharsets.UTF_8.equals(own) && isLatin(header)) {
            candidates.addFirst(StandardCharsets.UTF_8);
        }
        add(candidates, own);
        candidates.add(StandardCharsets.UTF_8);
        return candidates;
    }

    private static void add(List<Charset> candidates, @Nullable Charset charset) {
        if (charset == null || isWide(charset)) {
            return;
        }
        if (isLatin(charset)) {
            // Every byte sequence is valid Latin-1, so a wrong claim shows only in that the bytes make sense as UTF-8.
            candidates.add(new Latin(charset).orUtf8());
        } else {
            candidates.add(charset);
        }
    }

    /** Labels say Latin-1 and mean windows-1252, as browsers know. */
    private record Latin(Charset label) {
        Charset orUtf8() {
            return label.name().equals("US-ASCII") ? StandardCharsets.UTF_8 : WINDOWS_1252;
        }
    }

    private static boolean isLatin(@Nullable Charset charset) {
        return charset != null
                && (charset.equals(StandardCharsets.ISO_8859_1)
                        || charset.equals(StandardCharsets.US_ASCII)
                        || charset.equals(WINDOWS_1252));
    }

    /** A prolog that could be read byte by byte is not in UTF-16, whatever it says. */
    private static boolean isWide(Charset charset) {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }

    private static @Nullable Charset named(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        try {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            return Charset.forName(name.equals("utf8") ? "utf-8" : name.equals("gb2312") ? "gb18030" : name);
        } catch (IllegalArgumentException unknownCharset) {
            return null;
        }
    }

    private static String head(byte[] bytes, int length) {
        return new String(bytes, 0, Math.min(bytes.length, length), StandardCharsets.ISO_8859_1);
    }

    private static @Nullable Charset byteOrderMark(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return strict(bytes, StandardCharsets.UTF_8) == null && !mostlyUtf8(bytes) ? null : StandardCharsets.UTF_8;
        }
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0)) {
            return Charset.forName("UTF-32LE");
        }
        if (startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            return Charset.forName("UTF-32BE");
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return startsWith(bytes, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
    }

    /** A "<" with zero bytes beside it. */
    private static @Nullable Charset wideByPattern(byte[] bytes) {
        if (startsWith(bytes, '<', 0, 0, 0)) {
            return Charset.forName("UTF-32LE");
        }
        if (startsWith(bytes, 0, 0, 0, '<')) {
            return Charset.forName("UTF-32BE");
        }
        if (startsWith(bytes, '<', 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return startsWith(bytes, 0, '<') ? StandardCharsets.UTF_16BE : null;
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String strict(byte[] bytes, Charset charset) {
        try {
            CharBuffer text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(
                            charset.equals(WINDOWS_1252) ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException notThisOne) {
            return null;
        }
    }

    private static String lenient(byte[] bytes, Charset charset) {
        return new String(bytes, charset);
    }

    /** At most one broken place in a hundred multi-byte characters, or a cut at the very end. */
    private static boolean mostlyUtf8(byte[] bytes) {
        String text = lenient(bytes, StandardCharsets.UTF_8);
        long broken = text.chars().filter(c -> c == '\uFFFD').count();
        long foreign = text.chars().filter(c -> c > 127 && c != '\uFFFD').count();
        return broken * 20 <= foreign || (broken == 1 && text.endsWith("\uFFFD"));
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
