package coop.vigie.spine;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

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

    private String part(String type) {
        try {
            var parts = (Multipart) message.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                if (part.isMimeType(type)) {
                    return String.valueOf(part.getContent());
                }
            }
        } catch (IOException | MessagingException failure) {
            throw new AssertionError(failure);
        }
        throw new AssertionError("the message has no " + type);
    }
}
