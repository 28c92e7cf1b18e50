package coop.vigie.group;

import coop.vigie.config.ConfigException;
import coop.vigie.config.HomeFiles;
import coop.vigie.config.HomePath;
import coop.vigie.config.LateValue;
import coop.vigie.config.Section;
import coop.vigie.config.Type;
import coop.vigie.config.Type.Bad;
import coop.vigie.config.YamlFile;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Scope;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The import and export format of groups, {@code groups.yaml}. */
public final class GroupsFile {

    private static final List<String> CHANNELS =
            List.of("mail", "list", "folder", "webdav", "feed", "text", "webhook", "signal");

    /** Shorter blocks have no room for a date and a link, longer ones are no messages. */
    private static final Type<Integer> LENGTH = Type.number(200, 20_000);

    private static final int USUAL_LENGTH = 1_000;

    private static final Type<GroupId> GROUP_ID = text -> new GroupId(id(text));
    private static final Type<String> PROFILE_ID = GroupsFile::id;
    private static final Type<Axis> AXIS = Type.oneOf(List.of(Axis.values()), Axis::code);
    static final Type<Scope> SCOPE = Type.oneOf(List.of(Scope.values()), Scope::code);
    static final Type<Level> LEVEL = Type.oneOf(List.of(Level.values()), Level::code);
    static final Type<Kind> KIND = Type.oneOf(List.of(Kind.values()), Kind::code);
    private static final Type<Status> STATUS = Type.oneOf(List.of(Status.values()), Status::code);
    private static final Type<Role> ROLE = Type.oneOf(List.of(Role.values()), Role::code);
    private static final Type<String> EVERY = Type.oneOf(List.of("day", "week", "month"), every -> every);
    private static final Type<DayOfWeek> WEEKDAY =
            Type.oneOf(List.of(DayOfWeek.values()), day -> day.name().toLowerCase(Locale.ROOT));
    private static final Type<String> CHANNEL = text -> {
        if (!CHANNELS.contains(text)) {
            throw new Bad("channel type '%s' is not offered by this version yet; offered: %s"
                    .formatted(text, String.join(", ", CHANNELS)));
        }
        return text;
    };

    private static final Type<Channel.Preset> PRESET =
            Type.oneOf(List.of(Channel.Preset.values()), Channel.Preset::code);

    /** Goes into a header. */
    private static final Type<String> USER = text -> {
        if (!text.matches("[!-~]+( [!-~]+)*")) {
            throw new Bad("'" + text + "' may hold letters, digits and signs of ASCII only");
        }
        return text;
    };

    private static final Type<String> PHONE = text -> {
        if (!text.matches("\\+[1-9][0-9]{5,14}")) {
            throw new Bad("'" + text + "' is not a telephone number such as +32470000000");
        }
        return text;
    };

    private static final Type<String> BASE64 = text -> {
        if (!text.matches("[A-Za-z0-9+/]{16,}={0,2}")) {
            throw new Bad("'" + text + "' is not a group id as 'signal-cli listGroups' shows it");
        }
        return text;
    };

    private static final Type<String> FOLDER = text -> {
        String path = HomePath.TYPE.read(text);
        if (HomeFiles.isOwn(path)) {
            throw new Bad(
                    "'%s' is Vigie's own; a channel needs a folder of its own, such as cloud/arts".formatted(path));
        }
        return path;
    };

    private final Map<GroupId, Integer> lines = new HashMap<>();
    private final Map<String, Integer> feeds = new HashMap<>();

    private GroupsFile() {}

    /**
     * Reads groups. {@code ${ENV:…}} has no meaning here.
     *
     * @throws ConfigException with everything that is wrong with the file
     */
    public static List<Group> read(Path file) {
        var reader = new GroupsFile();
        return YamlFile.read(file, null, root -> {
            root.require("groups");
            return root.sections("groups", reader::group);
        });
    }

    /** The groups as such a file; reading it gives equal groups again. */
    public static String write(List<Group> groups) {
        return GroupsWriter.write(groups);
    }

    private @Nullable Group group(Section section) {
        GroupId id = section.required("id", GROUP_ID);
        if (id != null) {
            Integer first = lines.putIfAbsent(id, section.line());
            if (first != null) {
                section.problem("id", "group '%s' is there twice; first in line %d".formatted(id, first));
            }
        }
        LocalText name = section.localText("name");
        Axis axis = section.optional("axis", AXIS, Axis.SECTOR);
        var languages = section.list("languages", Type.LANGUAGE);
        var profileLines = new HashMap<String, Integer>();
        var profiles = section.sections("profiles", profile -> profile(profile, profileLines));
        List<Channel> read = section.sections("channels", this::channel);
        List<Channel> channels = section.has("channels") ? read : List.of(new Channel.Mail());
        boolean published = section.optional("public", Type.BOOLEAN, false);
        Cadence cadence = section.section("cadence", GroupsFile::cadence, Cadence.DEFAULT);
        var reminders = section.list("reminders", Type.DAYS);
        var memberLines = new HashMap<EmailAddress, Integer>();
        var members = section.sections("members", member -> member(member, memberLines));
        if (id == null) {
            return null;
        }
        LocalText shown = name == null || name.isEmpty() ? LocalText.of(LocalText.UNDETERMINED, id.value()) : name;
        return new Group(id, shown, axis, languages, profiles, channels, published, cadence, reminders, members);
    }

    private static @Nullable Profile profile(Section section, Map<String, Integer> lines) {
        String id = section.required("id", PROFILE_ID);
        if (id != null) {
            Integer first = lines.putIfAbsent(id, section.line());
            if (first != null) {
                section.problem("id", "profile '%s' is there twice; first in line %d".formatted(id, first));
            }
        }
        var profile = new Profile(
                id == null ? "unnamed" : id,
                section.optional("scope", SCOPE, Scope.BALANCED),
                section.list("any", Type.TEXT),
                section.list("all", Type.TEXT),
                section.list("none", Type.TEXT),
                section.list("cpv", CpvCondition.TYPE),
                section.list("places", Type.PLACE),
                section.list("levels", LEVEL),
                section.list("kinds", KIND),
                section.optional("query", Type.ANY_TEXT, ""));
        if (profile.isEmpty() && !asksForSomething(section)) {
            section.problem(Profile.FINDS_EVERYTHING);
        }
        return id == null ? null : profile;
    }

    /** True if a condition was written but could not be read, which is reported already. */
    private static boolean asksForSomething(Section section) {
        return List.of("any", "all", "cpv", "places", "levels", "kinds").stream()
                .anyMatch(section::isFilled);
    }

    private @Nullable Channel channel(Section section) {
        String type = section.required("type", CHANNEL);
        if (type == null) {
            // Its other keys belong to a type that nobody knows here.
            section.ignoreRest();
            return null;
        }
        return switch (type) {
            case "mail" -> new Channel.Mail();
            case "list" -> mailingList(section);
            case "folder" -> inFolder(section, Channel.Folder::new);
            case "webdav" -> webDav(section);
            case "feed" -> feed(section);
            case "text" -> {
                int length = section.optional("length", LENGTH, USUAL_LENGTH);
                yield inFolder(section, path -> new Channel.Text(path, length));
            }
            case "webhook" -> webhook(section);
            default -> signal(section);
        };
    }

    private static @Nullable Channel inFolder(Section section, Function<String, Channel> channel) {
        String path = section.required("path", FOLDER);
        return path == null ? null : channel.apply(path);
    }

    private @Nullable Channel feed(Section section) {
        Channel channel = inFolder(section, Channel.Feed::new);
        if (channel instanceof Channel.Feed feed) {
            Integer first = feeds.putIfAbsent(feed.path(), section.line());
            if (first != null) {
                section.problem("path", "'path': the feed of line %d is written there, too".formatted(first));
            }
        }
        return channel;
    }

    private static @Nullable Channel mailingList(Section section) {
        EmailAddress address = section.required("address", Type.MAIL_ADDRESS);
        String language = section.optional("language", Type.LANGUAGE);
        return address == null ? null : new Channel.MailingList(address, language);
    }

    private static @Nullable Channel webDav(Section section) {
        String url = section.required("url", LateValue.WEB_ADDRESS);
        String user = section.required("user", USER);
        String password = section.required("password", LateValue.SECRET);
        boolean anyNetwork = section.optional("allow-private-network", Type.BOOLEAN, false);
        if (url == null || user == null || password == null) {
            return null;
        }
        if (user.contains(":")) {
            section.problem("user", "'user': a colon would end the name (RFC 7617)");
        }
        checkHidden(section, url, anyNetwork);
        return new Channel.WebDav(url, user, password, anyNetwork);
    }

    private static @Nullable Channel webhook(Section section) {
        String url = section.required("url", LateValue.WEB_ADDRESS);
        Channel.Preset preset = section.optional("preset", PRESET, Channel.Preset.JSON);
        if (preset != Channel.Preset.CHAT) {
            section.require("secret");
        }
        String secret = section.optional("secret", LateValue.SECRET);
        boolean anyNetwork = section.optional("allow-private-network", Type.BOOLEAN, false);
        String user = section.optional("user", USER);
        Integer category = section.optional("category", Type.number(1, 999_999_999));
        if (preset == Channel.Preset.DISCOURSE) {
            section.require("user");
        } else if (user != null || category != null) {
            section.problem(user == null ? "category" : "user", "'user' and 'category' belong to preset discourse");
        }
        if (url == null || (secret == null && section.has("secret"))) {
            return null;
        }
        if (preset == Channel.Preset.DISCOURSE) {
            checkHidden(section, url, anyNetwork);
        }
        return new Channel.Webhook(url, secret, preset, user, category, anyNetwork);
    }

    /** A password or key that travels goes over https, but inside one's own network. */
    private static void checkHidden(Section section, String url, boolean anyNetwork) {
        if (url.startsWith("http:") && !anyNetwork) {
            section.problem(
                    "url",
                    "'url': the secret would travel in the clear; use https:// (or allow-private-network: true)");
        }
    }

    private static @Nullable Channel signal(Section section) {
        String url = section.required("url", LateValue.WEB_ADDRESS);
        String account = section.required("account", PHONE);
        String group = section.required("group", BASE64);
        int length = section.optional("length", LENGTH, USUAL_LENGTH);
        return url == null || account == null || group == null ? null : new Channel.Signal(url, account, group, length);
    }

    private static @Nullable Cadence cadence(Section section) {
        String every = section.required("every", EVERY);
        LocalTime at = section.optional("at", Type.TIME, Cadence.DEFAULT.at());
        if (every == null) {
            section.ignoreRest();
            return null;
        }
        return switch (every) {
            case "day" -> new Cadence.Daily(at);
            case "week" -> new Cadence.Weekly(section.optional("on", WEEKDAY, DayOfWeek.MONDAY), at);
            default -> new Cadence.Monthly(section.optional("on", Type.number(1, Cadence.Monthly.LATEST_DAY), 1), at);
        };
    }

    private static @Nullable Member member(Section section, Map<EmailAddress, Integer> lines) {
        EmailAddress mail = section.required("mail", Type.MAIL_ADDRESS);
        if (mail != null) {
            Integer first = lines.putIfAbsent(mail, section.line());
            if (first != null) {
                section.problem("mail", "the address is there twice in this group; first in line " + first);
            }
        }
        String name = section.optional("name", Type.TEXT);
        String language = section.optional("language", Type.LANGUAGE);
        var reads = section.list("reads", Type.LANGUAGE);
        Consent consent = section.section("consent", GroupsFile::consent);
        // Without consent this becomes pending, and the member gets the opt-in mail.
        Status status = section.optional("status", STATUS, Status.ACTIVE);
        Role role = section.optional("role", ROLE, Role.MEMBER);
        Cadence cadence = section.section("cadence", GroupsFile::cadence);
        var days = section.list("reminders", Type.DAYS);
        var reminders = section.has("reminders") ? days : null;
        return mail == null
                ? null
                : new Member(mail, name, language, reads, status, consent, role, cadence, reminders, false);
    }

    private static @Nullable Consent consent(Section section) {
        String how = section.required("how", Type.TEXT);
        LocalDate date = section.required("date", Type.DATE);
        return how == null || date == null ? null : new Consent(how, date);
    }

    private static String id(String text) throws Bad {
        if (!GroupId.isValid(text)) {
            throw new Bad("'" + text + "' is not an id; use a-z, 0-9 and - only");
        }
        return text;
    }
}
