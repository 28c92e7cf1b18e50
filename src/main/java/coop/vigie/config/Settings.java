package coop.vigie.config;

import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.LocalText;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that {@code vigie.yaml} says, with {@link #DEFAULTS} for what it leaves out. The meaning of every key stands in
 * {@code docs/configuration.md}.
 *
 * @param mail null if no mail server is named: then messages become files
 * @param inbox null if no mailbox is read
 * @param languages of mails and pages for whom nothing else is known, the first one first; among {@link #OFFERED}
 * @param newsletter null if none is drafted on its own
 * @param proxy null for direct connections
 */
public record Settings(
        @Nullable Mail mail,
        @Nullable Inbox inbox,
        Site site,
        Brand brand,
        List<String> languages,
        Retention retention,
        Watch watch,
        @Nullable Newsletter newsletter,
        @Nullable Proxy proxy) {

    /** The languages in which frames and labels exist. */
    public static final List<String> OFFERED = List.of("fr", "nl", "en");

    /** What holds without a file. */
    public static final Settings DEFAULTS = new Settings(
            null,
            null,
            new Site(null),
            new Brand("Vigie", null, new Colours("#1b4965", "#ffffff", "#1a1a1a"), LocalText.EMPTY),
            OFFERED,
            new Retention(Duration.ofDays(90), Duration.ofDays(90)),
            new Watch(List.of(), null, 2, Duration.ofDays(3)),
            null,
            null);

    public Settings {
        languages = List.copyOf(languages);
    }

    /** How a connection is protected. */
    public enum Tls {
        NONE,
        /** Begins in the clear and must change to TLS before anything else is said. */
        STARTTLS,
        /** TLS from the first byte: {@code smtps} for mail, {@code imaps} for the inbox. */
        IMPLICIT
    }

    /**
     * The server that takes our mail.
     *
     * @param port 25 with {@code none}, 587 with {@code starttls}, 465 with {@code smtps}, unless given
     * @param user null for no login
     * @param password there if and only if {@code user} is
     * @param from null for the contact of {@code feeds.yaml}
     * @param replyTo null for the sender
     * @param rate null for as fast as the server takes them
     * @param perDomainRate likewise, for the messages to one recipient domain
     * @param bounceAddress envelope sender; null for the sender
     * @param verp true if the envelope sender names the recipient, too
     */
    public record Mail(
            String host,
            int port,
            Tls tls,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable Mailbox from,
            @Nullable Mailbox replyTo,
            @Nullable Rate rate,
            @Nullable Rate perDomainRate,
            @Nullable EmailAddress bounceAddress,
            boolean verp) {}

    /** A name and an address, {@code Vigie <vigie@example.org>}; the name may be missing. */
    public record Mailbox(@Nullable String name, EmailAddress address) {}

    /** The mailbox in which bounces and unsubscribe mails arrive, read over IMAP; {@code every} is the pause between looks. */
    public record Inbox(
            String host,
            int port,
            Tls tls,
            @Nullable String user,
            @Nullable Secret password,
            String folder,
            Duration every) {}

    /** Where the exported site is served; null while it is not. The address ends with a slash. */
    public record Site(@Nullable URI baseUrl) {}

    /**
     * How mails and pages look.
     *
     * @param logo path of an image inside the home; null for none
     * @param footer by language; may be empty
     */
    public record Brand(String name, @Nullable String logo, Colours colours, LocalText footer) {}

    /** Three colours as {@code #rrggbb}. */
    public record Colours(String accent, String background, String text) {}

    /** How long things are kept: raw bytes after the call closed, rendered messages after they were sent. */
    public record Retention(Duration raw, Duration messages) {}

    /**
     * When a source counts as quiet, and who hears of it.
     *
     * @param alert empty for the contact of {@code feeds.yaml}
     * @param language of the mail; null for the first one of all mails
     * @param quietFactor so many times its usual pause between two items
     * @param quietAfter but never sooner than this
     */
    public record Watch(List<EmailAddress> alert, @Nullable String language, int quietFactor, Duration quietAfter) {
        public Watch {
            alert = List.copyOf(alert);
        }
    }

    /**
     * The comms team's edition, drafted on a set day.
     *
     * @param weekday on which a draft is made every week; null if it is made once a month
     * @param day of the month, 1 to 28; counts without a weekday
     * @param at local time of the draft, and of the sending three days later
     * @param folder in which it is written, inside the home
     * @param to the team; empty for the contact of {@code feeds.yaml}
     * @param languages empty for those of all mails
     * @param groups ids, or {@code all}
     */
    public record Newsletter(
            @Nullable DayOfWeek weekday,
            int day,
            LocalTime at,
            String folder,
            List<EmailAddress> to,
            List<String> languages,
            List<String> groups) {

        /** What holds for a newsletter that is drafted by hand. */
        public static final Newsletter BY_HAND =
                new Newsletter(null, 1, LocalTime.of(9, 0), "newsletters", List.of(), List.of(), List.of("all"));

        public Newsletter {
            to = List.copyOf(to);
            languages = List.copyOf(languages);
            groups = List.copyOf(groups);
        }
    }

    /**
     * A forward proxy for everything that is fetched.
     *
     * @param except hosts that are reached directly; a leading dot stands for all below it
     */
    public record Proxy(
            URI url, @Nullable String user, @Nullable Secret password, List<String> except) {
        public Proxy {
            except = List.copyOf(except);
        }
    }
}
