package coop.vigie.source;

import coop.vigie.config.ConfigException;
import coop.vigie.config.Secret;
import coop.vigie.config.Section;
import coop.vigie.config.Type;
import coop.vigie.config.Type.Bad;
import coop.vigie.config.YamlFile;
import coop.vigie.fetch.ClientCredentials;
import coop.vigie.fetch.MailLogin;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.FieldSelector;
import coop.vigie.parse.JsonListParser;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code feeds.yaml}. Every key, type and default stands in {@code docs/configuration.md}. */
public final class FeedsFile {

    private record Defaults(Duration every, Duration delay, Duration timeout, long maxSize, ZoneId zone) {}

    private static final Defaults BUILT_IN = new Defaults(
            Duration.ofHours(6),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            15_000_000,
            ZoneId.of("Europe/Brussels"));
    private static final int MAX_PAGES = 20;

    private static final Type<SourceId> ID = text -> {
        if (!SourceId.isValid(text)) {
            throw new Bad("'" + text + "' is not an id; use a-z, 0-9 and - only");
        }
        return new SourceId(text);
    };
    private static final Type<SourceType> TYPE = Type.oneOf(List.of(SourceType.values()), SourceType::code);
    private static final Type<Level> LEVEL = Type.oneOf(List.of(Level.values()), Level::code);
    private static final Type<Reuse> REUSE = Type.oneOf(List.of(Reuse.values()), Reuse::code);
    private static final Type<String> SELECTOR = text -> {
        try {
            FieldSelector.of(text);
            return text;
        } catch (IllegalArgumentException wrong) {
            throw new Bad(String.valueOf(wrong.getMessage()));
        }
    };
    private static final Type<String> POINTER = text -> {
        if (!text.startsWith("/")) {
            throw new Bad("'" + text + "' is no JSON Pointer (RFC 6901); write /data/title");
        }
        return text;
    };
    private static final Type<String> KIND = Type.oneOf(
            Stream.concat(Arrays.stream(Kind.values()).map(Kind::code), Stream.of("any"))
                    .toList(),
            kind -> kind);
    private static final Type<Optional<LocalDate>> VERIFIED =
            text -> text.equals("never") ? Optional.empty() : Optional.of(Type.DATE.read(text));
    private static final Type<String> CONTACT = text -> {
        String contact = Type.TEXT.read(text);
        if (contact.length() > 200 || contact.chars().anyMatch(c -> c > 126)) {
            throw new Bad("goes into a request header: at most 200 characters, without accents");
        }
        if (mailIn(contact).isEmpty()) {
            throw new Bad(
                    "'" + contact + "' holds no mail address; write \"https://example.org/vigie, vigie@example.org\"");
        }
        return contact;
    };

    private final Path folder;
    private final Map<SourceId, Integer> lines = new HashMap<>();

    private FeedsFile(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the catalogue.
     *
     * @param file relative {@code file:} addresses in it are resolved against its folder
     * @param environment for {@code ${ENV:NAME}}
     * @throws ConfigException with everything that is wrong with the file
     */
    public static Catalogue read(Path file, Map<String, String> environment) {
        var reader = new FeedsFile(file.toAbsolutePath().resolveSibling(""));
        return YamlFile.read(file, environment, reader::catalogue);
    }

    /** As {@link #read}, of a text that might stand in that file. */
    static Catalogue readText(Path file, String text, Map<String, String> environment) {
        var reader = new FeedsFile(file.toAbsolutePath().resolveSibling(""));
        return YamlFile.readText(file, text, environment, reader::catalogue);
    }

    private @Nullable Catalogue catalogue(Section root) {
        String contact = root.required("contact", CONTACT);
        Defaults defaults = root.section("defaults", section -> defaults(section, BUILT_IN), BUILT_IN);
        root.require("sources");
        List<Source> sources = root.sections("sources", section -> source(section, defaults));
        return contact == null ? null : new Catalogue(contact, mailIn(contact).orElseThrow(), sources);
    }

    private static Defaults defaults(Section section, Defaults otherwise) {
        return new Defaults(
                section.optional("every", Type.POSITIVE_DURATION, otherwise.every()),
                section.optional("delay", Type.DURATION, otherwise.delay()),
                section.optional("timeout", Type.POSITIVE_DURATION, otherwise.timeout()),
                section.optional("max-size", Type.SIZE, otherwise.maxSize()),
                section.optional("zone", Type.ZONE, otherwise.zone()));
    }

    private @Nullable Source source(Section section, Defaults fileDefaults) {
        SourceId id = section.required("id", ID);
        SourceType type = section.required("type", TYPE);
        URI url = section.required("url", this::address);
        Defaults own = defaults(section, fileDefaults);
        boolean enabled = section.optional("enabled", Type.BOOLEAN, true);
        String cron = section.optional("cron", Cron.TYPE);
        if (cron != null && section.has("every")) {
            section.problem("cron", "'every' and 'cron' exclude each other; keep one");
        }
        if (SourceId.HAND.equals(id)) {
            section.problem("id", "'hand' is the source of what people enter by 'vigie notice add'; choose another id");
        }
        if (id != null) {
            Integer first = lines.putIfAbsent(id, section.line());
            if (first != null) {
                section.problem("id", "source '%s' is there twice; first in line %d".formatted(id, first));
            }
        }
        String name = section.optional("name", Type.TEXT);
        Level level = section.optional("level", LEVEL, Level.PRIVATE);
        String kind = section.optional("kind", KIND, "any");
        var languages = section.list("languages", Type.LANGUAGE);
        var places = section.list("places", Type.PLACE);
        var include = section.list("include", Type.REGEX);
        var exclude = section.list("exclude", Type.REGEX);
        String query = section.optional("query", Type.ANY_TEXT, "");
        var params = section.textLists("params");
        if (type == SourceType.TED_SEARCH) {
            TedParams.problems(params, query).forEach(problem -> section.problem("params", problem));
        } else if (type == SourceType.SEDIA) {
            SediaParams.problems(params).forEach(problem -> section.problem("params", problem));
        } else if (type == SourceType.BOAMP) {
            BoampParams.problems(params).forEach(problem -> section.problem("params", problem));
        }
        if (type == SourceType.BDA || type == SourceType.TENDERNED) {
            DaysParam.problems(params).forEach(problem -> section.problem("params", problem));
        }
        var select = type == SourceType.JSON
                ? selectors(section, "select", JsonListParser.FIELDS, POINTER)
                : selectors(section, "select", FieldSelector.LIST, SELECTOR);
        var detail = selectors(section, "detail", FieldSelector.DETAIL, SELECTOR);
        if (type != null) {
            checkSelectors(section, type, enabled, select.keySet(), detail.keySet());
        }
        int maxPages = section.optional("max-pages", Type.number(1, 10_000), MAX_PAGES);
        var verified = section.optional("verified", VERIFIED, Optional.empty());
        Reuse reuse = section.optional("reuse", REUSE, Reuse.EXCERPT);
        boolean allowPrivateNetwork = section.optional("allow-private-network", Type.BOOLEAN, false);
        ClientCredentials oauth = section.section("oauth", Login::read);
        MailLogin login = section.section("login", FeedsFile::login);
        if (type != null && url != null) {
            checkMailbox(section, type, enabled, url, params);
        }
        if (id == null || type == null || url == null) {
            return null;
        }
        String unsafe = Login.problem(oauth, url, allowPrivateNetwork);
        if (!unsafe.isEmpty()) {
            section.problem("oauth", unsafe);
        }
        if (type == SourceType.BDA && enabled && !section.has("oauth") && !"file".equals(url.getScheme())) {
            section.problem("type", "a source of type bda needs 'oauth', with the credentials that BOSA gives");
        }
        return new Source(
                id,
                type,
                url,
                name == null ? id.value() : name,
                level,
                Kind.ofCode(kind).orElse(null),
                languages,
                places,
                own.zone(),
                own.every(),
                cron,
                own.delay(),
                own.timeout(),
                own.maxSize(),
                include,
                exclude,
                query,
                params,
                select,
                detail,
                maxPages,
                verified.orElse(null),
                reuse,
                allowPrivateNetwork,
                login,
                oauth,
                enabled);
    }

    private static @Nullable MailLogin login(Section section) {
        String user = section.required("user", Type.TEXT);
        Secret password = section.secret("password");
        section.require("password");
        return user == null || password == null ? null : new MailLogin(user, password.value());
    }

    private static void checkMailbox(
            Section section, SourceType type, boolean enabled, URI url, Map<String, List<String>> params) {
        boolean imap = String.valueOf(url.getScheme()).startsWith("imap");
        if (imap && type != SourceType.MAILBOX) {
            section.problem("url", "an imap address is of type mailbox only");
        }
        if (section.has("login") && !imap) {
            section.problem("login", "'login' is of mailboxes on a server only; remove it");
        }
        if (type != SourceType.MAILBOX) {
            return;
        }
        MailParams.problems(params).forEach(problem -> section.problem("params", problem));
        if (!enabled) {
            return;
        }
        if (!imap && !"file".equals(url.getScheme())) {
            section.problem("url", "a mailbox is read from imaps://host/folder, or from dir:folder with .eml files");
        }
        if (imap && !section.has("login")) {
            section.problem("url", "a mailbox on a server needs 'login' with 'user' and 'password'");
        }
    }

    private static Map<String, String> selectors(Section section, String key, List<String> fields, Type<String> kind) {
        var selectors = new LinkedHashMap<String, String>();
        section.section(key, inner -> {
            for (String field : fields) {
                String selector = inner.optional(field, kind);
                if (inner.has(field)) {
                    // A bad one is reported by now, and need not be missed as well.
                    selectors.put(field, selector == null ? "" : selector);
                }
            }
            return inner;
        });
        return Collections.unmodifiableMap(selectors);
    }

    private static void checkSelectors(
            Section section, SourceType type, boolean enabled, Set<String> select, Set<String> detail) {
        if (type != SourceType.HTML_LIST && type != SourceType.JSON && section.has("select")) {
            section.problem("select", "'select' is of types html-list and json only; remove it");
        }
        boolean pages = type == SourceType.HTML_LIST || type == SourceType.RSS || type == SourceType.SITEMAP;
        if (!pages && section.has("detail")) {
            section.problem("detail", "'detail' is of types rss, html-list and sitemap only; remove it");
        }
        if (section.has("detail") && detail.isEmpty()) {
            section.problem("detail", "'detail' needs at least one selector, such as { text: main }");
        }
        if (type != SourceType.HTML_LIST || !enabled) {
            return;
        }
        if (!select.contains("item")) {
            section.problem(
                    "select", "an html-list needs 'select' with 'item', the selector of each entry on its page");
        }
        if (!select.contains("title") && !select.contains("link")) {
            section.problem("select", "an html-list needs 'select' with 'title' or 'link'");
        }
    }

    private URI address(String text) throws Bad {
        String scheme =
                text.contains(":") ? text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT) : "";
        return switch (scheme) {
            case "http", "https" -> Type.WEB_ADDRESS.read(text);
            case "file" -> local(text);
            case "dir" -> local("file:" + text.substring("dir:".length()));
            case "imap", "imaps" -> mailbox(text);
            default -> throw new Bad("'" + text + "' is not an address that begins with https://, http:// or file:");
        };
    }

    private static URI mailbox(String text) throws Bad {
        try {
            var address = new URI(text.replace(" ", "%20"));
            if (address.getHost() != null && address.getRawUserInfo() == null && address.getRawQuery() == null) {
                return address;
            }
        } catch (URISyntaxException notAnAddress) {
            // Said below.
        }
        // Not quoted, for it may hold a password.
        throw new Bad(
                "this is no address of a mailbox such as imaps://mail.example.org/INBOX; the user goes into 'login'");
    }

    /** {@code file:notices}, {@code file:./notices}, {@code file:/srv/notices} or {@code file:///srv/notices}. */
    private URI local(String text) throws Bad {
        String written = text.substring("file:".length());
        if (written.isBlank() || (written.startsWith("//") && !written.startsWith("///"))) {
            throw new Bad("'" + text + "' names no local file or folder; write file:folder or file:/folder");
        }
        String path = written.replaceFirst("^/+", "/");
        try {
            if (path.contains("%")) {
                String absolute =
                        URI.create(path.startsWith("/") ? path : "/" + path).getPath();
                path = path.startsWith("/") ? absolute : absolute.substring(1);
            }
            URI resolved = folder.resolve(path).normalize().toUri();
            // A folder that exists would get a slash at its end, and the address should not depend on that.
            return URI.create(resolved.toString().replaceFirst("(?<=[^/])/$", ""));
        } catch (IllegalArgumentException e) {
            throw new Bad("'" + text + "' is not a valid path: " + e.getMessage());
        }
    }

    private static Optional<EmailAddress> mailIn(String contact) {
        return Arrays.stream(contact.split("[\\s,;<>()]+"))
                .map(word -> word.startsWith("mailto:") ? word.substring("mailto:".length()) : word)
                .map(EmailAddress::parse)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
