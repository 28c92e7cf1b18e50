package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coop.vigie.call.CallStore;
import coop.vigie.curate.CurationStore;
import coop.vigie.curate.MarkStore;
import coop.vigie.curate.ReminderStore;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.Outbox.Outgoing;
import coop.vigie.digest.Answers;
import coop.vigie.digest.Edition;
import coop.vigie.digest.Frame;
import coop.vigie.digest.Labels;
import coop.vigie.digest.Renderer;
import coop.vigie.group.Cadence;
import coop.vigie.group.Channel;
import coop.vigie.match.MatchStore;
import coop.vigie.notice.EmailAddress;
import coop.vigie.store.NoticeStore;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everybody's mail is frozen, whatever happens to another one's. */
class FreezingTest {

    @TempDir
    private Path folder;

    private OutboxInTest home;
    private Freezing freezing;
    private final ExecutorService makers = Executors.newFixedThreadPool(2);

    @BeforeEach
    void open() {
        home = new OutboxInTest(folder);
        var sender = new DigestRun.Sender(
                "vigie@example.org", Optional.empty(), "vigie.example.org", List.of("fr"), List.of(), this::frame);
        var reminders = new ReminderStore(home.members);
        var regards =
                new Regards(new CurationStore(home.members), new MarkStore(home.members), reminders, OutboxInTest.NOW);
        var drafting = new Drafting(
                new MatchStore(home.members),
                home.ledger,
                new CallStore(home.members, new NoticeStore(home.members)),
                List.of(),
                regards,
                OutboxInTest.NOW);
        var wrapping = new Wrapping(new Renderer(null), home.outbox, sender, drafting, OutboxInTest.NOW);
        freezing =
                new Freezing(home.members, home.ledger, home.outbox, drafting, wrapping, reminders, OutboxInTest.NOW);
    }

    @AfterEach
    void close() {
        makers.shutdownNow();
        home.close();
    }

    /** Nobody's mail can be made in the language xx. */
    private Frame frame(String language) {
        if (language.equals("xx")) {
            throw new IllegalStateException("no frame in xx");
        }
        return new Frame(
                "Vigie",
                "",
                "",
                ZoneId.of("Europe/Brussels"),
                new Answers("vigie@example.org", null),
                0,
                Labels.NONE,
                new Frame.Colours("#000000", "#ffffff", "#000000"));
    }

    private static Recipient recipient(String name, String language) {
        return new Recipient(name + "@example.org", Cadence.DEFAULT, language, List.of(language), List.of(), null);
    }

    private static Recipient channel(String name, String language) {
        return new Recipient(
                name + "@example.org",
                Cadence.DEFAULT,
                language,
                List.of(language),
                List.of(),
                new Channel.MailingList(new EmailAddress(name + "@example.org"), language));
    }

    private List<String> freeze(Stream<Recipient> recipients) {
        List<String> names = new ArrayList<>();
        var frozen = new Frozen();
        frozen.from(() -> freezing.all(
                recipients.toList(),
                any -> true,
                (handle, each) -> undecided.contains(each.address())
                        ? undecided()
                        : Freezing.Chosen.of(
                                new Edition(
                                        Edition.UNNAMED,
                                        each.address(),
                                        List.of(),
                                        each.language(),
                                        each.reads(),
                                        OutboxInTest.NOW,
                                        List.of()),
                                Outbox.Kind.REGULAR),
                makers,
                frozen));
        frozen.ready().stream()
                .map(Outgoing::recipient)
                .map(address -> address.substring(0, address.indexOf('@')))
                .forEach(names::add);
        failure = String.valueOf(
                assertThrows(IllegalStateException.class, frozen::isAwaited).getMessage());
        return names;
    }

    private String failure = "";
    private Set<String> undecided = Set.of();

    private static Freezing.Chosen undecided() {
        throw new IllegalStateException("a call cannot be read");
    }

    @Test
    void freezesForAllOthers_whenWhatOneGetsCannotBeDecided() {
        undecided = Set.of("b@example.org");

        List<String> frozen = freeze(Stream.of("a", "b", "c").map(name -> recipient(name, "fr")));

        assertEquals(List.of("a", "c"), frozen);
        assertEquals("a call cannot be read", failure);
    }

    @Test
    void freezesForAllOthers_whenOnesMailCannotBeMade_andTellsOfItAtTheEnd() {
        Stream<Recipient> many = IntStream.range(0, 40).mapToObj(i -> recipient("r" + i, i == 3 ? "xx" : "fr"));

        List<String> frozen = freeze(many);

        assertEquals(
                IntStream.range(0, 40)
                        .filter(i -> i != 3)
                        .mapToObj(i -> "r" + i)
                        .toList(),
                frozen);
        assertEquals("no frame in xx", failure);
    }

    @Test
    void freezesForTheOtherChannels_whenOneFails() {
        Stream<Recipient> channels = Stream.of(channel("a", "xx"), channel("b", "fr"), channel("c", "fr"));

        assertEquals(List.of("b", "c"), freeze(channels));
        assertEquals("no frame in xx", failure);
    }

    @Test
    void goesNoFurther_whenNobodysMailCanBeMade() {
        Stream<Recipient> none = IntStream.range(0, 40).mapToObj(i -> recipient("r" + i, i < 24 ? "xx" : "fr"));

        assertEquals(List.of(), freeze(none));
        assertEquals("no frame in xx", failure);
    }
}
