package coop.vigie.deliver;

import coop.vigie.config.LateValue;
import coop.vigie.group.Channel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts an edition's files into a folder of a WebDAV server (RFC 4918), and never over what somebody else has written: a
 * new file must not be there, and {@code latest.html} is replaced only while it is as we left it. Where it is not, ours is
 * {@code latest-vigie.html} beside it.
 */
final class WebDavFolder {

    private static final String BESIDE = "latest-vigie.html";

    /** How we left {@code latest.html}: its entity tag, if the server gave one, and its content. */
    private static final Pattern LEFT = Pattern.compile("(\\S*) sha256:([0-9a-f]{64})");

    private static final String NEW = "*";

    private final Http http;
    private final Map<String, String> environment;
    private final Notes notes;

    WebDavFolder(Http http, Map<String, String> environment, Notes notes) {
        this.http = http;
        this.environment = environment;
        this.notes = notes;
    }

    Receipt send(Channel.WebDav channel, String recipient, String name, byte[] message) throws LateValue.Missing {
        String login = channel.user() + ":" + LateValue.of(channel.password(), environment);
        String url = LateValue.of(channel.url(), environment);
        try {
            URI folder = Http.uri(url.replaceFirst("[?#].*", "").replaceFirst("/*$", "/"));
            if (folder.getScheme().equals("http") && !channel.allowPrivateNetwork()) {
                return new Receipt.TryLater("the password would travel in the clear; use an https address", null);
            }
            return new Visit(folder, login, channel.allowPrivateNetwork()).send(recipient, name, message);
        } catch (Http.Failure failure) {
            return new Receipt.TryLater(String.valueOf(failure.getMessage()), null);
        } catch (Stopped stopped) {
            return stopped.receipt;
        }
    }

    /** An answer that ends the attempt. */
    private static final class Stopped extends Exception {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // thrown and caught in here
        private final Receipt receipt;

        Stopped(Receipt receipt) {
            this.receipt = receipt;
        }
    }

    private final class Visit {

        private final URI folder;
        private final String authorization;
        private final boolean anyNetwork;

        /** @param folder ends with a slash */
        Visit(URI folder, String login, boolean anyNetwork) {
            this.folder = folder;
            this.authorization = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            this.anyNetwork = anyNetwork;
        }

        Receipt send(String recipient, String name, byte[] message) throws Http.Failure, Stopped {
            Map<String, String> files = EditionFolder.files(message);
            for (var file : files.entrySet()) {
                putOurs(name + "." + file.getKey(), bytes(file.getValue()));
            }
            byte[] page = bytes(Objects.requireNonNull(files.get("html")));
            String last = notes.lastReceipt(recipient).orElse("");
            String left = putLatest(page, last);
            return new Receipt.Accepted(left, null);
        }

        /** A file whose name is ours alone. If it is there already, an earlier attempt was cut off. */
        private void putOurs(String name, byte[] content) throws Http.Failure, Stopped {
            Http.Answer answer = put(name, content, NEW);
            if (answer.status() == 412) {
                Http.Answer present = ask("GET", name, Map.of(), null);
                if (present.isGood() && Arrays.equals(present.body(), content)) {
                    return;
                }
                answer = put(name, content, strong(present));
            }
            check(answer, name);
        }

        /** How {@code latest.html} was left, for the next edition. */
        private String putLatest(byte[] page, String last) throws Http.Failure, Stopped {
            Matcher left = LEFT.matcher(last);
            boolean known = left.matches();
            Http.Answer answer =
                    put(EditionFolder.LATEST, page, known && isStrong(left.group(1)) ? left.group(1) : NEW);
            if (answer.status() == 412) {
                Http.Answer present = ask("GET", EditionFolder.LATEST, Map.of(), null);
                boolean gone = present.status() == 404;
                // Servers change the tag of what nobody has touched, and we may have been cut off after writing.
                boolean ours = present.isGood()
                        && (Arrays.equals(present.body(), page)
                                || (known && left.group(2).equals(hash(present.body()))));
                if (!gone && !ours) {
                    putOurs(BESIDE, page);
                    return last;
                }
                answer = put(EditionFolder.LATEST, page, gone ? NEW : strong(present));
            }
            check(answer, EditionFolder.LATEST);
            String tag = strong(answer);
            if (tag == null) {
                tag = strong(ask("HEAD", EditionFolder.LATEST, Map.of(), null));
            }
            return (tag == null ? "" : tag) + " sha256:" + hash(page);
        }

        /** @param condition the tag that the file must have; {@code *} if it must not be there; null for none */
        private Http.Answer put(String name, byte[] content, @Nullable String condition) throws Http.Failure, Stopped {
            Map<String, String> headers = new HashMap<>();
            headers.put("Content-Type", type(name));
            if (condition != null) {
                headers.put(condition.equals(NEW) ? "If-None-Match" : "If-Match", condition);
            }
            Http.Answer answer = ask("PUT", name, headers, content);
            if (answer.status() == 404 || answer.status() == 409) {
                makeFolder(folder);
                answer = ask("PUT", name, headers, content);
            }
            return answer;
        }

        /** With all above it that are missing; a folder that is there answers 405. */
        private void makeFolder(URI missing) throws Http.Failure, Stopped {
            Http.Answer answer = ask("MKCOL", missing, Map.of(), null);
            if (answer.status() == 409 && !missing.resolve("..").equals(missing) && depth(missing) > 1) {
                makeFolder(missing.resolve(".."));
                answer = ask("MKCOL", missing, Map.of(), null);
            }
            if (answer.status() != 405) {
                check(answer, "its folder");
            }
        }

        private Http.Answer ask(String method, String name, Map<String, String> headers, byte @Nullable [] body)
                throws Http.Failure {
            return ask(method, folder.resolve(name), headers, body);
        }

        private Http.Answer ask(String method, URI uri, Map<String, String> headers, byte @Nullable [] body)
                throws Http.Failure {
            Map<String, String> all = new HashMap<>(headers);
            all.put("Authorization", authorization);
            return http.ask(new Http.Request(method, uri, all, body), anyNetwork);
        }

        private void check(Http.Answer answer, String what) throws Stopped {
            if (answer.isGood()) {
                return;
            }
            if (answer.status() == 423 || answer.status() == 412) {
                String why = answer.status() == 423 ? "somebody has locked it" : "somebody was just writing it";
                throw new Stopped(new Receipt.TryLater(
                        "%s was not taken by %s: %s".formatted(what, Http.host(folder), why), answer.status()));
            }
            if (answer.status() == 507) {
                throw new Stopped(new Receipt.TryLater(
                        "%s has no room left for %s".formatted(Http.host(folder), what), answer.status()));
            }
            throw new Stopped(Http.verdict(folder, answer));
        }
    }

    private static int depth(URI folder) {
        return (int) folder.getPath().chars().filter(each -> each == '/').count();
    }

    /** The entity tag with which a condition can be made (RFC 9110, section 13.1.1); null if there is none. */
    private static @Nullable String strong(Http.Answer answer) {
        String tag = answer.header("etag");
        return tag != null && isStrong(tag) ? tag : null;
    }

    private static boolean isStrong(String tag) {
        return tag.matches("\"[\\x21\\x23-\\x7e]*\"");
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "ics" -> "text/calendar; charset=utf-8";
            case "csv" -> "text/csv; charset=utf-8";
            case "json" -> "application/json";
            case "md" -> "text/markdown; charset=utf-8";
            default -> "text/plain; charset=utf-8";
        };
    }

    private static String hash(byte[] content) {
        return Envelope.hash(content, 64);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
