package coop.vigie.group;

import coop.vigie.config.ConfigException;
import coop.vigie.config.HomeFiles;
import coop.vigie.config.HomePath;
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
import org.jspecify.annotations.Nullable;

/** The import and export format of groups, {@code groups.yaml}. */
public final class GroupsFile {

    private static final List<String> CHANNELS = List.of("mail", "folder");

    private static final Type<GroupId> GROUP_ID = text -> new GroupId(id(text));
    private static final Type<String> PROFILE_ID = GroupsFile::id;
    private static final Type<Axis> AXIS = Type.oneOf(List.of(Axis.values()), Axis::code);
    private static final Type<Scope> SCOPE = Type.oneOf(List.of(Scope.values()), Scope::code);
    private static final Type<Level> LEVEL = Type.oneOf(List.of(Level.values()), Level::code);
    private static final Type<Kind> KIND = Type.oneOf(List.of(Kind.values()), Kind::code);
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

    private static final Type<String> FOLDER = text -> {
        String path = HomePath.TYPE.read(text);
        if (HomeFiles.isOwn(path)) {
            throw new Bad(
                    "'%s' is Vigie's own; a channel needs a folder of its own, such as cloud/arts".formatted(path));
        }
        return path;
    };

    private final Map<GroupId, Integer> lines = new HashMap<>();

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
        List<Channel> read = section.sections("channels", GroupsFile::channel);
        List<Channel> channels = section.has("channels") ? read : List.of(new Channel.Mail());
        Cadence cadence = section.section("cadence", GroupsFile::cadence, Cadence.DEFAULT);
        var reminders = section.list("reminders", Type.DAYS);
        var memberLines = new HashMap<EmailAddress, Integer>();
        var members = section.sections("members", member -> member(member, memberLines));
        if (id == null) {
            return null;
        }
        LocalText shown = name == null || name.isEmpty() ? LocalText.of(LocalText.UNDETERMINED, id.value()) : name;
        return new Group(id, shown, axis, languages, profiles, channels, cadence, reminders, members);
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
            section.problem("the profile would find everything; give it any, all, cpv, places, levels, kinds or query");
        }
        return id == null ? null : profile;
    }

    /** True if a condition was written but could not be read, which is reported already. */
    private static boolean asksForSomething(Section section) {
        return List.of("any", "all", "cpv", "places", "levels", "kinds").stream()
                .anyMatch(section::isFilled);
    }

    private static @Nullable Channel channel(Section section) {
        String type = section.required("type", CHANNEL);
        if (type == null) {
            // Its other keys belong to a type that nobody knows here.
            section.ignoreRest();
            return null;
        }
        if (type.equals("mail")) {
            return new Channel.Mail();
        }
        String path = section.required("path", FOLDER);
        return path == null ? null : new Channel.Folder(path);
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
        return mail == null ? null : new Member(mail, name, language, reads, status, consent, role, cadence, reminders);
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
