package coop.vigie.inbox;

import coop.vigie.notice.EmailAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One mail to us.
 *
 * @param key its Message-ID, else a hash of its bytes: the same mail has the same
 * @param date by its Date header; null if that cannot be read
 * @param from null if it names no usable address
 * @param to addresses that it was sent to, as written: on the envelope, as far as servers noted it, and in its headers
 * @param subject in one line; "" if there is none
 * @param opening the first lines that its sender has written, without what they quote
 * @param quoted what stands below that, mostly the mail that it answers; at most some pages
 * @param originals Message-IDs of the mails that it returns or answers, with their angle brackets
 */
public record InboundMail(
        String key,
        @Nullable Instant date,
        @Nullable EmailAddress from,
        List<String> to,
        String subject,
        String opening,
        String quoted,
        List<String> originals,
        Reading reading) {

    private static final Pattern OURS = Pattern.compile("<([A-Za-z0-9._-]+)\\.[0-9a-f]{12}@[^<>@\\s]+>");
    private static final Pattern PLUS = Pattern.compile("[^+@]+\\+([^@]+)@.+");

    public InboundMail {
        to = List.copyOf(to);
        originals = List.copyOf(originals);
    }

    /** All that the sender themselves may have said: in the address, the subject, and above what is quoted. */
    public String words() {
        return String.join(" ", plusParts()) + "\n" + subject + "\n" + opening;
    }

    /** The ids of editions that the originals may be, by the form that {@code deliver.Envelope} gives them. */
    public List<String> editions() {
        return originals.stream()
                .map(OURS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct()
                .toList();
    }

    /** What stands behind a plus in the addresses that it was sent to. */
    public List<String> plusParts() {
        return to.stream()
                .map(PLUS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct()
                .toList();
    }

    /**
     * Whom the envelope sender of the returned mail may have named, {@code bounces+LOCAL=DOMAIN@…} (VERP): more than one
     * where there are several pluses.
     *
     * @param bounces our envelope sender; plus parts of other addresses say nothing
     */
    public List<EmailAddress> verp(EmailAddress bounces) {
        return to.stream()
                .filter(address -> address.toLowerCase(Locale.ROOT).startsWith(bounces.localPart() + "+")
                        && address.toLowerCase(Locale.ROOT).endsWith("@" + bounces.domain()))
                .map(PLUS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .flatMap(part -> IntStream.range(0, part.length())
                        .filter(i -> i == 0 || part.charAt(i - 1) == '+')
                        .mapToObj(part::substring))
                .limit(20)
                .filter(part -> part.indexOf('=') > 0)
                .flatMap(part -> {
                    int at = part.lastIndexOf('=');
                    return EmailAddress.parse(part.substring(0, at) + "@" + part.substring(at + 1)).stream();
                })
                .toList();
    }
}
