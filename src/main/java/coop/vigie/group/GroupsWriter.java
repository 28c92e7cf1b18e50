package coop.vigie.group;

import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes groups the way people write them: short lists on one line, nothing for what is empty. Written by hand, since a
 * general dumper knows either blocks or one-liners, and leaves {@code 17:30} for older readers to take as a number.
 */
final class GroupsWriter {

    // Words that no YAML version takes for anything but text; all the rest is quoted.
    private static final Pattern PLAIN = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}/.@_-]*( [\\p{L}\\p{Nd}]+)*");
    private static final Pattern RESERVED = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

    private final StringBuilder out = new StringBuilder();

    private GroupsWriter() {}

    static String write(List<Group> groups) {
        var writer = new GroupsWriter();
        if (groups.isEmpty()) {
            return "groups: []\n";
        }
        writer.out.append("groups:\n");
        groups.forEach(writer::group);
        return writer.out.toString();
    }

    private void group(Group group) {
        line("  - id: " + quoted(group.id().value()));
        line("    name: " + localText(group.name()));
        line("    axis: " + group.axis().code());
        list("    languages: ", group.languages());
        if (!group.profiles().isEmpty()) {
            line("    profiles:");
            group.profiles().forEach(this::profile);
        }
        items("channels", group.channels().stream().map(GroupsWriter::channel).toList());
        if (group.published()) {
            line("    public: true");
        }
        line("    cadence: " + cadence(group.cadence()));
        list(
                "    reminders: ",
                group.reminders().stream().map(GroupsWriter::days).toList());
        if (!group.members().isEmpty()) {
            items("members", group.members().stream().map(GroupsWriter::member).toList());
        }
    }

    private void profile(Profile profile) {
        line("      - id: " + quoted(profile.id()));
        line("        scope: " + profile.scope().code());
        list("        any: ", profile.any());
        list("        all: ", profile.all());
        list("        none: ", profile.none());
        list("        cpv: ", profile.cpv());
        list("        places: ", profile.places());
        list("        levels: ", profile.levels().stream().map(Level::code).toList());
        list("        kinds: ", profile.kinds().stream().map(Kind::code).toList());
        if (!profile.query().isEmpty()) {
            line("        query: " + quoted(profile.query()));
        }
    }

    private void items(String key, List<String> items) {
        if (items.isEmpty()) {
            line("    " + key + ": []");
            return;
        }
        line("    " + key + ":");
        items.forEach(item -> line("      - " + item));
    }

    private void list(String key, List<String> values) {
        if (!values.isEmpty()) {
            line(key + list(values));
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String channel(Channel channel) {
        var fields = new ArrayList<String>();
        fields.add("type: " + channel.code());
        switch (channel) {
            case Channel.Mail mail -> {}
            case Channel.MailingList list -> {
                field(fields, "address", list.address().value());
                field(fields, "language", list.language());
            }
            case Channel.Folder folder -> field(fields, "path", folder.path());
            case Channel.WebDav webDav -> {
                field(fields, "url", webDav.url());
                field(fields, "user", webDav.user());
                field(fields, "password", webDav.password());
                anyNetwork(fields, webDav.allowPrivateNetwork());
            }
            case Channel.Feed feed -> field(fields, "path", feed.path());
            case Channel.Text text -> {
                field(fields, "path", text.path());
                fields.add("length: " + text.length());
            }
            case Channel.Webhook webhook -> {
                field(fields, "url", webhook.url());
                field(fields, "secret", webhook.secret());
                fields.add("preset: " + webhook.preset().code());
                field(fields, "user", webhook.user());
                if (webhook.category() != null) {
                    fields.add("category: " + webhook.category());
                }
                anyNetwork(fields, webhook.allowPrivateNetwork());
            }
            case Channel.Signal signal -> {
                field(fields, "url", signal.url());
                field(fields, "account", signal.account());
                field(fields, "group", signal.group());
                fields.add("length: " + signal.length());
            }
            case Channel.Site site -> throw new IllegalArgumentException("the archive is written as 'public: true'");
        }
        return "{ " + String.join(", ", fields) + " }";
    }

    private static void anyNetwork(List<String> fields, boolean allowed) {
        if (allowed) {
            fields.add("allow-private-network: true");
        }
    }

    private static String cadence(Cadence cadence) {
        String rhythm =
                switch (cadence) {
                    case Cadence.Daily daily -> "day";
                    case Cadence.Weekly weekly ->
                        "week, on: " + weekly.on().name().toLowerCase(Locale.ROOT);
                    case Cadence.Monthly monthly -> "month, on: " + monthly.on();
                };
        return "{ every: " + rhythm + ", at: " + quoted(cadence.at().toString()) + " }";
    }

    private static String member(Member member) {
        var fields = new ArrayList<String>();
        fields.add("mail: " + quoted(member.mail().value()));
        field(fields, "name", member.name());
        field(fields, "language", member.language());
        if (!member.reads().isEmpty()) {
            fields.add("reads: " + list(member.reads()));
        }
        if (member.role() != Role.MEMBER) {
            fields.add("role: " + member.role().code());
        }
        Cadence cadence = member.cadence();
        if (cadence != null) {
            fields.add("cadence: " + cadence(cadence));
        }
        List<Period> reminders = member.reminders();
        if (reminders != null) {
            fields.add("reminders: "
                    + list(reminders.stream().map(GroupsWriter::days).toList()));
        }
        fields.add("status: " + member.status().code());
        Consent consent = member.consent();
        if (consent != null) {
            fields.add("consent: { how: %s, date: %s }".formatted(quoted(consent.how()), consent.date()));
        }
        return "{ " + String.join(", ", fields) + " }";
    }

    private static void field(List<String> fields, String key, @Nullable String value) {
        if (value != null) {
            fields.add(key + ": " + quoted(value));
        }
    }

    private static String days(Period period) {
        return period.get(ChronoUnit.DAYS) + "d";
    }

    private static String list(List<String> values) {
        return values.stream().map(GroupsWriter::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String localText(LocalText text) {
        return text.byLanguage().entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    /** As it is where no reader can misunderstand it, else in double quotes, where YAML and JSON escape alike. */
    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches()) {
            return text;
        }
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xfeff || c == 0x2028 || c == 0x2029) {
                quoted.append("\\u%04x".formatted(c));
            } else if (c > 0xffff || Character.getType(c) == Character.UNASSIGNED) {
                quoted.append("\\U%08x".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
