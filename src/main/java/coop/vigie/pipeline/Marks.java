package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.curate.Choice;
import coop.vigie.curate.CurationStore;
import coop.vigie.curate.CurationStore.Act;
import coop.vigie.curate.Mark;
import coop.vigie.curate.MarkStore;
import coop.vigie.deliver.Outbox;
import coop.vigie.digest.Edition;
import coop.vigie.group.Group;
import coop.vigie.group.GroupStore;
import coop.vigie.group.MemberStore;
import coop.vigie.group.Status;
import coop.vigie.match.MatchStore;
import coop.vigie.match.ProfileKey;
import coop.vigie.notice.Call;
import coop.vigie.notice.LocalText;
import coop.vigie.pipeline.AnswerWords.Said;
import coop.vigie.pipeline.Memberships.Answered;
import coop.vigie.store.Database;
import coop.vigie.text.LanguageGuess;
import coop.vigie.token.Grant;
import coop.vigie.token.Purpose;
import coop.vigie.token.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** What the reader of a digest answers about its calls, by their numbers: for themselves, or as a coordinator for a group. */
public final class Marks {

    private final Database members;
    private final CallStore calls;
    private final Outbox outbox;
    private final Instant now;
    private final TokenStore tokens = new TokenStore();

    public Marks(Database members, CallStore calls, Outbox outbox, Instant now) {
        this.members = members;
        this.calls = calls;
        this.outbox = outbox;
        this.now = now;
    }

    /** As {@link #act(Handle, String, String)}, in a transaction of its own. */
    public Answered act(String token, String words) {
        return members.write(handle -> act(handle, token, words));
    }

    /**
     * Does what a mail says.
     *
     * @param token that of a digest; a coordinator's does what a reader's does, too, as long as it holds
     * @param words subject and first lines; each line that is an answer counts, such as {@code looking 3}, {@code pas 4, 5} or
     *     {@code note 2 On répond ensemble ?}
     * @return {@code DONE} if anything is different now; {@code UNKNOWN} if nothing was understood, or not for who asks
     */
    public Answered act(Handle handle, String token, String words) {
        Grant grant = tokens.grant(handle, token, now).orElse(null);
        if (grant == null || grant.purpose() == Purpose.CONFIRM) {
            return Answered.UNKNOWN;
        }
        if (!grant.isValid()) {
            return Answered.TOO_LATE;
        }
        boolean active = new MemberStore(members)
                .of(handle, grant.mail()).stream()
                        .anyMatch(each -> each.member().status() == Status.ACTIVE);
        if (!active) {
            return Answered.UNKNOWN;
        }
        Edition edition = outbox.find(grant.about()).map(Outbox.Entry::edition).orElse(null);
        if (edition == null) {
            return Answered.TOO_LATE;
        }
        List<Answered> each = new ArrayList<>();
        for (Said said : AnswerWords.read(words)) {
            each.add(call(edition, said.number())
                    .map(call -> does(handle, grant, call, said))
                    .orElse(Answered.UNKNOWN));
        }
        // One thing done is what counts, whatever else stood in the mail.
        return each.stream().min(Comparator.naturalOrder()).orElse(Answered.UNKNOWN);
    }

    private Optional<Call> call(Edition edition, int number) {
        List<Call> listed = edition.items().stream().map(item -> item.call()).toList();
        return number < 1 || number > listed.size()
                ? Optional.empty()
                : calls.find(listed.get(number - 1).id());
    }

    private Answered does(Handle handle, Grant grant, Call call, Said said) {
        Optional<Act> choice = said.act();
        boolean changed;
        if (choice.isEmpty()) {
            var mark = new Mark(said.interest(), said.hidden(), now);
            changed = new MarkStore(members).set(handle, grant.mail(), call.ids(), mark);
        } else {
            List<Group> theirs = coordinated(handle, grant, call);
            if (grant.purpose() != Purpose.CURATOR || theirs.isEmpty()) {
                return Answered.UNKNOWN;
            }
            changed = false;
            for (Group group : theirs) {
                changed |= choose(handle, grant, group, call, choice.get(), said.rest());
            }
        }
        return changed ? Answered.DONE : Answered.UNCHANGED;
    }

    private boolean choose(Handle handle, Grant grant, Group group, Call call, Act act, String rest) {
        UnaryOperator<Choice> change =
                switch (act) {
                    case PICK -> choice -> choice.picking(true);
                    case UNPICK -> choice -> choice.picking(false);
                    case HIDE -> choice -> choice.hiding(true);
                    case UNHIDE -> choice -> choice.hiding(false);
                    case NOTE -> choice -> choice.noting(LocalText.of(LanguageGuess.of(rest), rest));
                    case UNNOTE -> choice -> choice.noting(LocalText.EMPTY);
                    case CORRECT, UNCORRECT, APPROVE, REFUSE ->
                        throw new IllegalArgumentException(act + " is nothing that a mail can say");
                };
        var by = new CurationStore.By(grant.mail().value(), now, grant.about());
        return new CurationStore(members).change(handle, group.id(), call.ids(), act, change, rest, by);
    }

    /** The groups for which they may choose now: those that the call matches, else all of theirs. */
    private List<Group> coordinated(Handle handle, Grant grant, Call call) {
        List<Group> theirs = new GroupStore(members)
                .all(handle).stream()
                        .filter(group -> Recipient.coordinates(grant.mail().value(), group))
                        .toList();
        var matches = new MatchStore(members);
        List<Group> matching = theirs.stream()
                .filter(group -> group.profiles().stream()
                        .anyMatch(profile -> matches.of(handle, new ProfileKey(group.id(), profile.id()))
                                .containsKey(call.id().toString())))
                .toList();
        return matching.isEmpty() ? theirs : matching;
    }
}
