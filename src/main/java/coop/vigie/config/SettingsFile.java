package coop.vigie.config;

import coop.vigie.config.Settings.Brand;
import coop.vigie.config.Settings.Colours;
import coop.vigie.config.Settings.Inbox;
import coop.vigie.config.Settings.Mail;
import coop.vigie.config.Settings.Mailbox;
import coop.vigie.config.Settings.Newsletter;
import coop.vigie.config.Settings.Proxy;
import coop.vigie.config.Settings.Retention;
import coop.vigie.config.Settings.Site;
import coop.vigie.config.Settings.Tls;
import coop.vigie.config.Settings.Watch;
import coop.vigie.config.Type.Bad;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code vigie.yaml}. */
public final class SettingsFile {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[?[0-9A-Fa-f:.]+]?");
    private static final Pattern NAMED = Pattern.compile("\"?([^<>\"]*)\"?\\s*<([^<>]+)>");
    private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,5})/(s|min|h)");
    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final Map<String, Duration> SPANS =
            Map.of("s", Duration.ofSeconds(1), "min", Duration.ofMinutes(1), "h", Duration.ofHours(1));

    private static final Type<String> HOST_NAME = text -> {
        if (!HOST.matcher(text).matches()) {
            throw new Bad("'" + text + "' is not the name of a host, such as smtp.example.org");
        }
        return text;
    };
    private static final Type<Mailbox> MAILBOX = text -> {
        String line = Type.TEXT.read(text);
        var matcher = NAMED.matcher(line);
        if (!matcher.matches()) {
            return new Mailbox(null, Type.MAIL_ADDRESS.read(line));
        }
        String name = matcher.group(1).strip();
        return new Mailbox(name.isEmpty() ? null : name, Type.MAIL_ADDRESS.read(matcher.group(2)));
    };
    private static final Type<Optional<Rate>> SPEED = text -> {
        var matcher = RATE.matcher(text);
        Duration span = matcher.matches() ? SPANS.get(matcher.group(2)) : null;
        if (span != null) {
            return Optional.of(new Rate(Integer.parseInt(matcher.group(1)), span));
        }
        if (text.equals("none")) {
            return Optional.empty();
        }
        throw new Bad("'" + text + "' is not a rate such as 5/s, 30/min or 500/h, or none");
    };
    private static final Type<String> COLOUR_CODE = text -> {
        if (!COLOUR.matcher(text).matches()) {
            throw new Bad("'" + text + "' is not a colour such as \"#1b4965\" (in quotes)");
        }
        return text;
    };
    private static final Type<String> OFFERED = Type.oneOf(Settings.OFFERED, language -> language);
    private static final Type<String> EVERY = Type.oneOf(List.of("week", "month"), every -> every);
    private static final Type<DayOfWeek> WEEKDAY =
            Type.oneOf(List.of(DayOfWeek.values()), day -> day.name().toLowerCase(Locale.ROOT));
    private static final Type<String> HOME_FOLDER = text -> {
        String path = HomePath.TYPE.read(text);
        if (HomeFiles.isOwn(path)) {
            throw new Bad("'" + path + "' is Vigie's own; name another folder, such as newsletters");
        }
        return path;
    };
    private static final Type<String> GROUPS = text -> {
        if (!text.matches("[a-z0-9-]+")) {
            throw new Bad("'" + text + "' is neither the id of a group nor all");
        }
        return text;
    };
    private static final Type<URI> BASE = text -> {
        URI address = Type.WEB_ADDRESS.read(text);
        if (address.getQuery() != null || address.getFragment() != null) {
            throw new Bad("'" + text + "' must end before any ? or #");
        }
        return text.endsWith("/") ? address : URI.create(address + "/");
    };

    private SettingsFile() {}

    /**
     * Reads the settings; a file that is missing or holds only comments gives {@link Settings#DEFAULTS}.
     *
     * @param environment for {@code ${ENV:NAME}}
     * @throws ConfigException with everything that is wrong with the file
     */
    public static Settings read(Path file, Map<String, String> environment) {
        return YamlFile.readIfPresent(file, environment, SettingsFile::settings);
    }

    private static Settings settings(Section root) {
        Settings defaults = Settings.DEFAULTS;
        return new Settings(
                root.section("mail", SettingsFile::mail),
                root.section("inbox", SettingsFile::inbox),
                root.section("site", site -> new Site(site.optional("base-url", BASE)), defaults.site()),
                root.section("brand", SettingsFile::brand, defaults.brand()),
                languages(root, defaults.languages()),
                root.section("retention", SettingsFile::retention, defaults.retention()),
                root.section("watch", SettingsFile::watch, defaults.watch()),
                root.section("newsletter", SettingsFile::newsletter),
                root.section("proxy", SettingsFile::proxy));
    }

    private static List<String> languages(Section section, List<String> fallback) {
        var languages = section.list("languages", OFFERED, fallback);
        if (languages.stream().distinct().count() < languages.size()) {
            section.problem("languages", "'languages' names a language twice");
        }
        return languages.isEmpty() ? fallback : languages;
    }

    private static @Nullable Mail mail(Section section) {
        String host = section.required("host", HOST_NAME);
        Tls tls = section.optional("tls", tls("smtps"), Tls.STARTTLS);
        int usual =
                switch (tls) {
                    case NONE -> 25;
                    case STARTTLS -> 587;
                    case IMPLICIT -> 465;
                };
        int port = section.optional("port", Type.number(1, 65_535), usual);
        String user = section.optional("user", Type.TEXT);
        Secret password = password(section);
        var from = section.optional("from", MAILBOX);
        var replyTo = section.optional("reply-to", MAILBOX);
        var rate = section.optional("rate", SPEED, Optional.empty());
        var perDomainRate = section.optional("per-domain-rate", SPEED, Optional.empty());
        var bounceAddress = section.optional("bounce-address", Type.MAIL_ADDRESS);
        boolean verp = section.optional("verp", Type.BOOLEAN, false);
        return host == null
                ? null
                : new Mail(
                        host,
                        port,
                        tls,
                        user,
                        password,
                        from,
                        replyTo,
                        rate.orElse(null),
                        perDomainRate.orElse(null),
                        bounceAddress,
                        verp);
    }

    private static @Nullable Inbox inbox(Section section) {
        String host = section.required("host", HOST_NAME);
        Tls tls = section.optional("tls", tls("imaps"), Tls.IMPLICIT);
        int port = section.optional("port", Type.number(1, 65_535), tls == Tls.IMPLICIT ? 993 : 143);
        String user = section.optional("user", Type.TEXT);
        Secret password = password(section);
        String folder = section.optional("folder", Type.TEXT, "INBOX");
        Duration every = section.optional("every", Type.POSITIVE_DURATION, Duration.ofMinutes(15));
        return host == null ? null : new Inbox(host, port, tls, user, password, folder, every);
    }

    private static @Nullable Secret password(Section section) {
        Secret password = section.secret("password");
        if (section.has("user") != section.has("password")) {
            section.problem(section.has("user") ? "user" : "password", "'user' and 'password' go together");
        }
        return password;
    }

    private static Type<Tls> tls(String implicit) {
        return Type.oneOf(List.of(Tls.values()), tls -> switch (tls) {
            case NONE -> "none";
            case STARTTLS -> "starttls";
            case IMPLICIT -> implicit;
        });
    }

    private static Brand brand(Section section) {
        Brand defaults = Settings.DEFAULTS.brand();
        var footer = section.localText("footer");
        return new Brand(
                section.optional("name", Type.TEXT, defaults.name()),
                section.optional("logo", HomePath.TYPE),
                section.section("colours", SettingsFile::colours, defaults.colours()),
                footer == null ? defaults.footer() : footer);
    }

    private static Colours colours(Section section) {
        Colours defaults = Settings.DEFAULTS.brand().colours();
        return new Colours(
                section.optional("accent", COLOUR_CODE, defaults.accent()),
                section.optional("background", COLOUR_CODE, defaults.background()),
                section.optional("text", COLOUR_CODE, defaults.text()));
    }

    private static Retention retention(Section section) {
        Retention defaults = Settings.DEFAULTS.retention();
        return new Retention(
                section.optional("raw", Type.DURATION, defaults.raw()),
                section.optional("messages", Type.DURATION, defaults.messages()));
    }

    private static Watch watch(Section section) {
        Watch defaults = Settings.DEFAULTS.watch();
        return new Watch(
                section.list("alert", Type.MAIL_ADDRESS),
                section.optional("language", OFFERED),
                section.optional("quiet-factor", Type.number(2, 100), defaults.quietFactor()),
                section.optional("quiet-after", Type.POSITIVE_DURATION, defaults.quietAfter()));
    }

    private static @Nullable Newsletter newsletter(Section section) {
        Newsletter defaults = Newsletter.BY_HAND;
        String every = section.required("every", EVERY);
        LocalTime at = section.optional("at", Type.TIME, defaults.at());
        String folder = section.optional("folder", HOME_FOLDER, defaults.folder());
        var to = section.oneOrMore("to", Type.MAIL_ADDRESS);
        var languages = languages(section, List.of());
        var groups = section.oneOrMore("groups", GROUPS);
        if (every == null) {
            // What is a day of it depends on this.
            section.optional("on", Type.TEXT);
            return null;
        }
        boolean weekly = every.equals("week");
        return new Newsletter(
                weekly ? section.optional("on", WEEKDAY, DayOfWeek.MONDAY) : null,
                weekly ? defaults.day() : section.optional("on", Type.number(1, 28), defaults.day()),
                at,
                folder,
                to,
                languages,
                groups.isEmpty() ? defaults.groups() : groups);
    }

    private static @Nullable Proxy proxy(Section section) {
        URI url = section.required("url", Type.WEB_ADDRESS);
        String user = section.optional("user", Type.TEXT);
        Secret password = password(section);
        var except = section.list("except", Type.TEXT);
        return url == null ? null : new Proxy(url, user, password, except);
    }
}
