package coop.vigie.pipeline;

import coop.vigie.deliver.Outbox;
import coop.vigie.digest.Archive;
import coop.vigie.digest.Edition;
import coop.vigie.group.Channel;
import coop.vigie.group.Group;
import coop.vigie.store.Database;
import java.time.Instant;
import java.util.List;

/** Puts together what the public archive shows: of each public group, what its archive was told. */
final class Publishing {

    private final Database members;
    private final Outbox outbox;
    private final Drafting drafting;
    private final Instant now;

    Publishing(Database members, Outbox outbox, Drafting drafting, Instant now) {
        this.members = members;
        this.outbox = outbox;
        this.drafting = drafting;
        this.now = now;
    }

    /** The groups that are public, by id. */
    List<Archive.Section> sections(List<Group> groups, List<String> offered) {
        List<Outbox.Entry> all = outbox.list();
        return Recipient.of(groups, offered).stream()
                .filter(recipient -> recipient.channel() instanceof Channel.Site)
                .map(recipient -> section(recipient, all))
                .toList();
    }

    private Archive.Section section(Recipient recipient, List<Outbox.Entry> all) {
        List<Edition> editions = all.stream()
                .filter(entry -> entry.state() == Outbox.State.SENT)
                .map(Outbox.Entry::edition)
                .filter(edition -> edition.recipient().equals(recipient.address()))
                .toList();
        return new Archive.Section(
                recipient.groups().getFirst().id().value(),
                recipient.groupNames().getFirst(),
                recipient.language(),
                recipient.reads(),
                editions,
                members.read(
                        handle -> drafting.toldSince(handle, recipient.address(), now.minus(Wrapping.FEED_KEEPS))));
    }
}
