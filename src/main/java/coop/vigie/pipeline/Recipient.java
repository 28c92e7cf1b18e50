package coop.vigie.pipeline;

import coop.vigie.deliver.FolderTransport;
import coop.vigie.group.Channel;
import coop.vigie.group.Group;
import coop.vigie.group.Member;
import coop.vigie.group.Status;
import coop.vigie.notice.EmailAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One person, over all the groups in which they are active and that send mail: they get one, whatever the number of
 * groups. Or the folder of one group, which is told everything once, as a person is.
 *
 * @param address of mail; or {@code folder:} and the group's id
 * @param language of the frame: fr, nl or en
 * @param reads languages they can read, {@code language} first
 */
record Recipient(String address, String language, List<String> reads, List<Group> groups) {

    /**
     * Everybody who is active in at least one of these groups, by address; then the folders, by group.
     *
     * @param offered languages in which frames exist, the first being the one for whom nothing else is known
     */
    static List<Recipient> of(List<Group> groups, List<String> offered) {
        Map<EmailAddress, List<Group>> byMail = new TreeMap<>();
        for (Group group : groups) {
            for (Member member : group.members()) {
                if (member.status() == Status.ACTIVE && has(group, Channel.Mail.class)) {
                    byMail.computeIfAbsent(member.mail(), any -> new ArrayList<>())
                            .add(group);
                }
            }
        }
        List<Recipient> recipients = new ArrayList<>();
        byMail.forEach((mail, theirs) -> recipients.add(of(mail, theirs, offered)));
        groups.stream()
                .filter(group -> has(group, Channel.Folder.class))
                .map(group -> folder(group, offered))
                .forEach(recipients::add);
        return recipients;
    }

    private static boolean has(Group group, Class<? extends Channel> channel) {
        return group.channels().stream().anyMatch(channel::isInstance);
    }

    private static Recipient folder(Group group, List<String> offered) {
        String language =
                group.languages().stream().filter(offered::contains).findFirst().orElse(offered.getFirst());
        Set<String> reads = new LinkedHashSet<>(List.of(language));
        reads.addAll(group.languages());
        return new Recipient(FolderTransport.PREFIX + group.id().value(), language, List.copyOf(reads), List.of(group));
    }

    boolean isFolder() {
        return FolderTransport.isFolder(address);
    }

    private static Recipient of(EmailAddress mail, List<Group> groups, List<String> offered) {
        Set<String> wished = new LinkedHashSet<>();
        Set<String> reads = new LinkedHashSet<>();
        for (Group group : groups) {
            for (Member member : group.members()) {
                if (member.mail().equals(mail)) {
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
        return new Recipient(mail.value(), language, List.copyOf(inOrder), List.copyOf(groups));
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
