package coop.vigie.spine;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A message as a mail program sees it. */
record Mail(MimeMessage message) {

    static Mail read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new Mail(new MimeMessage(null, in));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (MessagingException failure) {
            throw new AssertionError(file + " is no message", failure);
        }
    }

    String to() {
        return header("To");
    }

    String subject() {
        try {
            return String.valueOf(message.getSubject());
        } catch (MessagingException failure) {
            throw new AssertionError(failure);
        }
    }

    String header(String name) {
        try {
            return String.valueOf(message.getHeader(name, ", "));
        } catch (MessagingException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Names of all headers, each as often as it stands there. */
    List<String> headerNames() {
        try {
            return Collections.list(message.getAllHeaders()).stream()
                    .map(header -> header.getName())
                    .toList();
        } catch (MessagingException failure) {
            throw new AssertionError(failure);
        }
    }

    String text() {
        return part("text/plain");
    }

    String html() {
        return part("text/html");
    }

    /** The calendar that comes beside the text; empty if there is none. */
    Optional<String> calendar() {
        return part(message, "text/calendar");
    }

    private String part(String type) {
        return part(message, type).orElseThrow(() -> new AssertionError("the message has no " + type));
    }

    private static Optional<String> part(Part part, String type) {
        try {
            if (part.isMimeType(type)) {
                return part.getContent() instanceof InputStream in
                        ? Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        : Optional.of(String.valueOf(part.getContent()));
            }
            Optional<String> found = Optional.empty();
            if (part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount() && found.isEmpty(); i++) {
                    found = part(parts.getBodyPart(i), type);
                }
            }
            return found;
        } catch (IOException | MessagingException failure) {
            throw new AssertionError(failure);
        }
    }
}
