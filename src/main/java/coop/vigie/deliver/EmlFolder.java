package coop.vigie.deliver;

import coop.vigie.config.WholeFile;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that takes each message as one {@code .eml} file, which any mail program opens. What serves where no mail
 * server is configured. Thread-safe; one process at a time. The folder holds whatever comes, so nobody is ever refused.
 */
public final class EmlFolder implements Transport {

    private static final Pattern FILE = Pattern.compile(".*_([0-9a-f]{10})\\.eml");
    private static final int RECIPIENT_AT_MOST = 60;

    private final Path folder;
    /** File names by short id, so that a message written again finds its file. Read from the folder on first use. */
    private @Nullable Map<String, String> names;

    public EmlFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the message so that after a crash the file is either whole or not there. The same Message-ID always goes to
     * the same file: written again, it replaces, and never doubles.
     *
     * @return the file, such as {@code 2026-11-24_a-example.org_0f3a91c2be.eml}: day (UTC), recipient, id
     * @throws OutboxUnwritable if folder or disk refuse
     */
    public Path write(String messageId, byte[] message) {
        String id = Envelope.hash(messageId, 10);
        try {
            Path file = folder.resolve(names().computeIfAbsent(id, any -> name(id, message)));
            WholeFile.write(file, message);
            return file;
        } catch (IOException e) {
            throw new OutboxUnwritable(folder, e);
        }
    }

    @Override
    public Receipt send(String recipient, String messageId, byte[] message) {
        Path file = write(messageId, message);
        return new Receipt.Accepted(file.getFileName().toString(), file);
    }

    /**
     * Deletes every message to this person.
     *
     * @return how many there were
     * @throws OutboxUnwritable if folder or disk refuse
     */
    public int erase(String recipient) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int erased = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file) && isTo(recipient, file)) {
                    Files.delete(file);
                    erased++;
                }
            }
            return erased;
        } catch (IOException e) {
            throw new OutboxUnwritable(folder, e);
        }
    }

    private static boolean isTo(String recipient, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String to = new InternetHeaders(in).getHeader("To", ",");
            return to != null
                    && Arrays.stream(InternetAddress.parseHeader(to, false))
                            .anyMatch(address -> recipient.equalsIgnoreCase(address.getAddress()));
        } catch (MessagingException notAMail) {
            return false;
        }
    }

    @Override
    public void close() {
        // Each file is closed when it is written.
    }

    private synchronized Map<String, String> names() throws IOException {
        Map<String, String> known = names;
        if (known == null) {
            Files.createDirectories(folder);
            known = new ConcurrentHashMap<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    var matcher = FILE.matcher(file.getFileName().toString());
                    if (matcher.matches()) {
                        known.put(matcher.group(1), matcher.group());
                    }
                }
            }
            names = known;
        }
        return known;
    }

    private static String name(String id, byte[] message) {
        try {
            var headers = new InternetHeaders(new ByteArrayInputStream(message));
            return day(headers.getHeader("Date", null)) + "_" + recipient(headers.getHeader("To", ",")) + "_" + id
                    + ".eml";
        } catch (MessagingException e) {
            throw new IllegalArgumentException("the message has no readable headers", e);
        }
    }

    private static LocalDate day(@Nullable String date) {
        try {
            Instant instant = date == null
                    ? Instant.EPOCH
                    : new MailDateFormat().parse(date).toInstant();
            return LocalDate.ofInstant(instant, ZoneOffset.UTC);
        } catch (ParseException e) {
            return LocalDate.EPOCH;
        }
    }

    private static String recipient(@Nullable String to) throws AddressException {
        InternetAddress[] addresses = to == null ? new InternetAddress[0] : InternetAddress.parseHeader(to, false);
        String address = addresses.length == 0 ? "nobody" : addresses[0].getAddress();
        String name = address.replaceAll("[^A-Za-z0-9.]+", "-").replaceAll("^[.-]+|\\.(?=\\.)", "");
        return name.substring(0, Math.min(name.length(), RECIPIENT_AT_MOST));
    }
}
