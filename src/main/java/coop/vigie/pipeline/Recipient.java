package coop.vigie.pipeline;

import coop.vigie.group.Cadence;
import coop.vigie.group.Channel;
import coop.vigie.group.ChannelAddress;
import coop.vigie.group.Group;
import coop.vigie.group.Member;
import coop.vigie.group.Role;
import coop.vigie.group.Status;
import coop.vigie.notice.EmailAddress;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One person, over all the groups in which they are active, that send mail, and of which they are told in the same rhythm: they
 * get one mail, whatever the number of groups. Or another channel of one group, which is told everything once, as a person is.
 *
 * @param address of mail, or a {@link ChannelAddress}
 * @param cadence their own, else the groups'
 * @param language of the frame: fr, nl or en
 * @param reads languages they can read, {@code language} first
 * @param channel null for a person
 */
record Recipient(
        String address,
        Cadence cadence,
        String language,
        List<String> reads,
        List<Group> groups,
        @Nullable Channel channel) {

    private record Reader(EmailAddress mail, Cadence cadence) {}

    /**
     * Everybody who is active in at least one of these groups, by address; then the channels, by group.
     *
     * @param offered languages in which frames exist, the first being the one for whom nothing else is known
     */
    static List<Recipient> of(List<Group> groups, List<String> offered) {
        Map<Reader, List<Group>> byReader = new TreeMap<>(Comparator.comparing(Reader::mail)
                .thenComparing(reader -> reader.cadence().code()));
        for (Group group : groups) {
            for (Member member : group.members()) {
                if (member.status() == Status.ACTIVE
                        && group.channels().stream().anyMatch(Channel.Mail.class::isInstance)) {
                    Cadence own = member.cadence();
                    byReader.computeIfAbsent(
                                    new Reader(member.mail(), own == null ? group.cadence() : own),
                                    any -> new ArrayList<>())
                            .add(group);
                }
            }
        }
        List<Recipient> recipients = new ArrayList<>();
        byReader.forEach((reader, theirs) -> recipients.add(of(reader, theirs, offered)));
        groups.forEach(group -> recipients.addAll(channels(group, offered)));
        return recipients;
    }

    private static List<Recipient> channels(Group group, List<String> offered) {
        List<Recipient> recipients = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (Channel channel : group.ways()) {
            if (!(channel instanceof Channel.Mail)) {
                int number = numbers.merge(channel.code(), 1, Integer::sum);
                var address = new ChannelAddress(channel.code(), group.id(), number);
                recipients.add(channel(group, channel, address.toString(), offered));
            }
        }
        return recipients;
    }

    private static Recipient channel(Group group, Channel channel, String address, List<String> offered) {
        Set<String> wished = new LinkedHashSet<>();
        if (channel instanceof Channel.MailingList list && list.language() != null) {
            wished.add(list.language());
        }
        wished.addAll(group.languages());
        String language = wished.stream().filter(offered::contains).findFirst().orElse(offered.getFirst());
        Set<String> reads = new LinkedHashSet<>(List.of(language));
        reads.addAll(wished);
        return new Recipient(address, group.cadence(), language, List.copyOf(reads), List.of(group), channel);
    }

    /** True if they choose for one of these groups. */
    boolean coordinates() {
        return groups.stream().anyMatch(group -> coordinates(address, group));
    }

    static boolean coordinates(String address, Group group) {
        return group.members().stream()
                .anyMatch(member -> member.role() == Role.COORDINATOR
                        && member.status() == Status.ACTIVE
                        && member.mail().value().equals(address));
    }

    /** How many days before the deadline of what they marked they want to be reminded: as they said themselves, else as the groups do. */
    Set<Integer> reminders() {
        Set<Integer> days = new TreeSet<>();
        for (Group group : groups) {
            group.members().stream()
                    .filter(member -> member.mail().value().equals(address))
                    .map(member -> member.reminders() == null ? group.reminders() : member.reminders())
                    .flatMap(List::stream)
                    .forEach(period -> days.add(Math.toIntExact(period.get(ChronoUnit.DAYS))));
        }
        return days;
    }

    /** The other active members of these groups. */
    Set<EmailAddress> fellows() {
        return groups.stream()
                .flatMap(group -> group.members().stream())
                .filter(member -> member.status() == Status.ACTIVE)
                .map(Member::mail)
                .filter(mail -> !mail.value().equals(address))
                .collect(Collectors.toSet());
    }

    /** This person as the reader of these groups, whatever their status there. */
    static Recipient of(EmailAddress mail, List<Group> groups, List<String> offered) {
        return of(new Reader(mail, Cadence.DEFAULT), groups, offered);
    }

    private static Recipient of(Reader reader, List<Group> groups, List<String> offered) {
        Set<String> wished = new LinkedHashSet<>();
        Set<String> reads = new LinkedHashSet<>();
        for (Group group : groups) {
            for (Member member : group.members()) {
                if (member.mail().equals(reader.mail())) {
                    if (member.language() != null) {
                        wished.add(member.language());
                    }
                    reads.addAll(member.reads());
                }
            }
        }
        groups.forEach(group -> wished.addAll(group.languages()));
        String language = wished.stream().filter(offered::contains).findFirst().orElse(offered.getFirst());
        Set<String> inOrder = new LinkedHashSet<>(List.of(language));
        inOrder.addAll(reads);
        return new Recipient(
                reader.mail().value(), reader.cadence(), language, List.copyOf(inOrder), List.copyOf(groups), null);
    }

    /** Names of their groups in their language. */
    List<String> groupNames() {
        return groups.stream()
                .map(group -> group.name().isEmpty()
                        ? group.id().value()
                        : group.name().in(reads))
                .toList();
    }
}
