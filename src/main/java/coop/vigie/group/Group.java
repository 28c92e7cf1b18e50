package coop.vigie.group;

import coop.vigie.notice.LocalText;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A working group, what it looks for, and who belongs to it.
 *
 * @param languages of the group's mails, the first one first; never a filter; empty for those of {@code vigie.yaml}
 * @param channels ways by which its editions leave; empty for none
 * @param published true if what it is told may be published
 * @param cadence the default for its members
 * @param reminders days before a deadline, none of them negative, no months
 */
public record Group(
        GroupId id,
        LocalText name,
        Axis axis,
        List<String> languages,
        List<Profile> profiles,
        List<Channel> channels,
        boolean published,
        Cadence cadence,
        List<Period> reminders,
        List<Member> members) {

    public Group {
        languages = List.copyOf(languages);
        profiles = List.copyOf(profiles);
        channels = List.copyOf(channels);
        reminders = List.copyOf(reminders);
        members = List.copyOf(members);
        if (reminders.stream().anyMatch(days -> days.isNegative() || days.toTotalMonths() != 0)) {
            throw new IllegalArgumentException("group " + id + " has a reminder that is no number of days");
        }
    }

    Group withProfiles(List<Profile> others) {
        return new Group(id, name, axis, languages, others, channels, published, cadence, reminders, members);
    }

    public Optional<Profile> profile(String profileId) {
        return profiles.stream().filter(each -> each.id().equals(profileId)).findFirst();
    }

    Group withMembers(List<Member> others) {
        return new Group(id, name, axis, languages, profiles, channels, published, cadence, reminders, others);
    }

    /** Its channels, and its public archive if it has one. */
    public List<Channel> ways() {
        return published
                ? Stream.concat(channels.stream(), Stream.of(new Channel.Site()))
                        .toList()
                : channels;
    }
}
