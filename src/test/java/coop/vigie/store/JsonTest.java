package coop.vigie.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.curate.Interest;
import coop.vigie.digest.Block;
import coop.vigie.digest.Edition;
import coop.vigie.digest.Item;
import coop.vigie.group.Axis;
import coop.vigie.group.Cadence;
import coop.vigie.group.Channel;
import coop.vigie.group.Consent;
import coop.vigie.group.Group;
import coop.vigie.group.GroupId;
import coop.vigie.group.Member;
import coop.vigie.group.Profile;
import coop.vigie.group.Status;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Scope;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.DateTimes;
import net.jqwik.time.api.Dates;
import net.jqwik.time.api.Times;
import org.jspecify.annotations.Nullable;

/** What is stored comes back as it was, and is written the same way again. */
class JsonTest {

    @Property(seed = "20261124", tries = 200)
    void bringsNoticesBack(@ForAll("notices") Notice notice) {
        comesBack(notice, Notice.class);
    }

    @Property(seed = "20261124", tries = 100)
    void bringsCallsBack(@ForAll("calls") Call call) {
        comesBack(call, Call.class);
        assertEquals(call, CallJson.read(Json.write(call)));
    }

    @Property(seed = "20261124", tries = 200)
    void bringsDeadlinesBack(@ForAll("deadlines") Deadline deadline) {
        comesBack(deadline, Deadline.class);
    }

    @Property(seed = "20261124", tries = 50)
    void bringsEditionsBack(@ForAll("editions") Edition edition) {
        comesBack(edition, Edition.class);
    }

    @Property(seed = "20261124", tries = 100)
    void bringsGroupsBack(@ForAll("groups") Group group) {
        comesBack(group, Group.class);
    }

    @Property(seed = "20261124", tries = 100)
    void bringsMembersBack(@ForAll("members") Member member) {
        comesBack(member, Member.class);
    }

    @Example
    void reads_whatALaterVersionWroteWithMoreFields() {
        assertEquals(
                new Deadline.Rolling(Deadline.Origin.TEXT, "permanent"),
                Json.read(
                        "{\"is\":\"rolling\",\"origin\":\"TEXT\",\"quote\":\"permanent\",\"mood\":\"good\"}",
                        Deadline.class));
    }

    @Example
    void saysWhatCannotBeRead() {
        var failure = assertThrows(StoreException.class, () -> Json.read("{", Notice.class));
        assertTrue(String.valueOf(failure.getMessage()).contains("Notice"));
    }

    private static <T> void comesBack(T value, Class<T> type) {
        String written = Json.write(value);
        T read = Json.read(written, type);
        assertEquals(value, read);
        assertEquals(written, Json.write(read));
    }

    @Provide
    Arbitrary<Notice> notices() {
        Arbitrary<Notice.Builder> start = Combinators.combine(
                        noticeIds(),
                        zones(),
                        Arbitraries.of(Kind.class),
                        Arbitraries.of(Level.class),
                        Arbitraries.of(Stage.class))
                .as((id, zone, kind, level, stage) ->
                        new Notice.Builder(id, zone).kind(kind).level(level).stage(stage));
        Arbitrary<Notice.Builder> withTexts = Combinators.combine(
                        start, texts(), texts(), words().injectNull(0.3), deadlines())
                .as((builder, title, text, buyer, stated) -> builder.title(
                                title.isEmpty() ? LocalText.of("fr", "Appel") : title)
                        .text(text)
                        .buyer(buyer)
                        .stated(stated));
        Arbitrary<Notice.Builder> withDates = Combinators.combine(
                        withTexts,
                        instants().injectNull(0.3),
                        lotDeadlines().list().ofMaxSize(4),
                        money().injectNull(0.3))
                .as((builder, published, lots, money) ->
                        builder.published(published).deadlines(lots).value(money));
        return Combinators.combine(
                        withDates, words().list().ofMaxSize(3), words().injectNull(0.3), words().injectNull(0.3))
                .as((builder, list, procedure, url) -> builder.places(list)
                        .cpv(list)
                        .submissionLanguages(list)
                        .references(list)
                        .identifiers(list)
                        .procedure(procedure)
                        .url(url)
                        .documents(url)
                        .build());
    }

    @Example
    void readsACallThatWasWrittenBeforeItKnewOthers() {
        Notice notice = new Notice.Builder(new NoticeId(new SourceId("a"), "1"), ZoneId.of("UTC"))
                .title(LocalText.of("fr", "Appel"))
                .build();
        Call call = new Call(notice.id(), List.of(notice.id()), 1, Stage.COMPETITION, notice, Instant.EPOCH);
        String before = Json.write(call).replaceAll(",\"(?:borrowed|alsoAt|corrected)\":(?:\\{}|\\[])", "");

        assertEquals(call, Json.read(before, Call.class));
        assertEquals(call, CallJson.read(before));
    }

    @Provide
    Arbitrary<Call> calls() {
        return Combinators.combine(
                        notices(), Arbitraries.integers().between(1, 99), Arbitraries.of(Stage.class), instants())
                .as((notice, revision, stage, seen) -> new Call(
                        notice.id(),
                        List.of(notice.id()),
                        revision,
                        stage,
                        notice,
                        seen,
                        Map.of("text", notice.id()),
                        List.of(new Call.LookAlike(notice.id(), notice.url())),
                        Map.of("deadline", revision % 2 == 0)));
    }

    @Provide
    Arbitrary<Deadline> deadlines() {
        Arbitrary<@Nullable String> quote = words().injectNull(0.3);
        Arbitrary<Deadline.Origin> origin = Arbitraries.of(Deadline.Origin.class);
        return Arbitraries.oneOf(
                Combinators.combine(
                                Dates.dates(),
                                Times.times().injectNull(0.3),
                                zones(),
                                origin,
                                quote,
                                Arbitraries.of(true, false))
                        .as(Deadline.Dated::new),
                Combinators.combine(origin, quote).as(Deadline.Rolling::new),
                quote.map(Deadline.Unknown::new),
                Arbitraries.just(new Deadline.Forecast()));
    }

    private Arbitrary<Item.Regard> regards() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        words().map(words -> LocalText.of("fr", words)).list().ofMaxSize(2),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(Interest.class).injectNull(0.5),
                        Arbitraries.of(14, 3, 0).injectNull(0.5))
                .as(Item.Regard::new);
    }

    @Example
    void readsAnItemThatWasFrozenBeforeAnybodyCouldRegardIt() {
        Notice notice = new Notice.Builder(new NoticeId(new SourceId("a"), "1"), ZoneId.of("UTC"))
                .title(LocalText.of("fr", "Appel"))
                .build();
        Call call = new Call(notice.id(), List.of(notice.id()), 1, Stage.COMPETITION, notice, Instant.EPOCH);
        var item = new Item(call, List.of(), Item.Change.NONE, null, false, Item.Regard.NONE);
        String written = Json.write(item);
        String before = written.substring(0, written.indexOf(",\"regard\"")) + "}";

        assertEquals(item, Json.read(before, Item.class));
    }

    @Provide
    Arbitrary<Edition> editions() {
        Arbitrary<Item> item = Combinators.combine(
                        calls(),
                        reasons().list().ofMaxSize(3),
                        Arbitraries.of(Item.Change.class),
                        deadlines().injectNull(0.5),
                        Arbitraries.of(true, false),
                        regards())
                .as(Item::new);
        Arbitrary<Block.SilentSource> silent = Combinators.combine(
                        words(), words(), words(), instants().injectNull(0.3), Arbitraries.of(Block.Trouble.class))
                .as(Block.SilentSource::new);
        Arbitrary<Block> block = Combinators.combine(
                        Arbitraries.of(Block.Name.class),
                        item.list().ofMaxSize(3),
                        silent.list().ofMaxSize(2),
                        Arbitraries.integers().between(0, 9))
                .as(Block::new);
        return Combinators.combine(
                        words(),
                        words(),
                        words().list().ofMaxSize(3),
                        instants(),
                        block.list().ofMaxSize(3))
                .as((id, mail, list, built, blocks) -> new Edition(id, mail, list, "fr", list, built, blocks));
    }

    private static Arbitrary<Reason> reasons() {
        return Combinators.combine(
                        Arbitraries.of(Reason.Type.class), words(), words().injectNull(0.5), words().injectNull(0.5))
                .as(Reason::new);
    }

    @Provide
    Arbitrary<Group> groups() {
        Arbitrary<Cadence> cadence = Arbitraries.oneOf(
                Times.times().map(Cadence.Daily::new),
                Combinators.combine(Dates.daysOfWeek(), Times.times()).as(Cadence.Weekly::new),
                Combinators.combine(Arbitraries.integers().between(1, 28), Times.times())
                        .as(Cadence.Monthly::new));
        Arbitrary<Channel> channel = Arbitraries.of(
                new Channel.Mail(),
                new Channel.MailingList(new EmailAddress("l@example.org"), null),
                new Channel.Folder("cloud/a b"),
                new Channel.WebDav("https://x.example/é", "v", "${ENV:P}", true),
                new Channel.Feed("é"),
                new Channel.Text("a", 300),
                new Channel.Webhook("${ENV:U}", null, Channel.Preset.CHAT, null, null, false),
                new Channel.Webhook("u", "${ENV:S}", Channel.Preset.DISCOURSE, "v", 3, true),
                new Channel.Signal("u", "+32470000000", "g", 500));
        return Combinators.combine(
                        texts(),
                        Arbitraries.of(Axis.class),
                        profiles().list().ofMaxSize(2),
                        channel.list().ofMaxSize(2),
                        cadence,
                        Arbitraries.integers()
                                .between(0, 400)
                                .map(Period::ofDays)
                                .list()
                                .ofMaxSize(3),
                        members().list().ofMaxSize(3))
                .as((name, axis, profiles, channels, rhythm, reminders, members) -> new Group(
                        new GroupId("g-1"),
                        name,
                        axis,
                        List.of("fr", "nl"),
                        profiles,
                        channels,
                        !profiles.isEmpty(),
                        rhythm,
                        reminders,
                        members));
    }

    private static Arbitrary<Profile> profiles() {
        return Combinators.combine(
                        Arbitraries.of(Scope.class),
                        words().list().ofMaxSize(3),
                        Arbitraries.of(Level.class).list().ofMaxSize(2),
                        Arbitraries.of(Kind.class).list().ofMaxSize(2),
                        words())
                .as((scope, list, levels, kinds, query) ->
                        new Profile("p", scope, list, list, list, list, list, levels, kinds, query));
    }

    @Provide
    Arbitrary<Member> members() {
        Arbitrary<Consent> consent = Combinators.combine(words(), Dates.dates()).as(Consent::new);
        return Combinators.combine(
                        Arbitraries.of("a@example.org", "\"b c\"@example.org", "d+e@xn--thtre-bsa9e.example")
                                .map(EmailAddress::new),
                        words().injectNull(0.3),
                        Arbitraries.of("fr", "nl").injectNull(0.3),
                        Arbitraries.of("fr", "de").list().ofMaxSize(2),
                        Arbitraries.of(Status.class),
                        consent.injectNull(0.3))
                .as(Member::of);
    }

    private static Arbitrary<NoticeId> noticeIds() {
        return Combinators.combine(
                        Arbitraries.of("ted", "fwb-culture", "0").map(SourceId::new),
                        words().filter(text -> !text.isBlank()))
                .as(NoticeId::new);
    }

    private static Arbitrary<LocalText> texts() {
        return Combinators.combine(words(), words(), Arbitraries.of("fr", "nl").injectNull(0.3))
                .as((one, two, original) -> {
                    var byLanguage = new LinkedHashMap<String, String>();
                    byLanguage.put("nl", one);
                    byLanguage.put("fr", two);
                    return new LocalText(byLanguage, original);
                });
    }

    private static Arbitrary<LotDeadline> lotDeadlines() {
        return Combinators.combine(
                        Arbitraries.of(LotDeadline.Role.class),
                        Arbitraries.of("LOT-0001", "RES:2").injectNull(0.3),
                        Dates.dates(),
                        Arbitraries.of(LocalTime.NOON, LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59))
                                .injectNull(0.3),
                        Arbitraries.of(ZoneOffset.UTC, ZoneOffset.ofHours(2), ZoneOffset.ofHoursMinutes(-9, -30))
                                .injectNull(0.3))
                .as((role, lot, date, time, offset) -> new LotDeadline(role, lot, date, time, offset));
    }

    private static Arbitrary<Money> money() {
        return Arbitraries.of("0", "5.00", "1E+9", "0.000000001", "123456789012345678.99")
                .map(amount -> new Money(new BigDecimal(amount), "EUR"));
    }

    private static Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Europe/Brussels", "UTC", "Z", "+02:00", "America/New_York")
                .map(ZoneId::of);
    }

    private static Arbitrary<Instant> instants() {
        return DateTimes.instants().between(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
    }

    /** Text with accents, quotes, line breaks, characters beyond the first plane and controls. */
    private static Arbitrary<String> words() {
        return Arbitraries.strings()
                .withChars("abé:\"\\/{}\n\t\u0000\u001f\u2028\u202e ")
                .withCharRange('\u0400', '\u04ff')
                .ofMaxLength(12)
                .map(text -> text + (text.length() % 3 == 0 ? "\uD83D\uDE00" : ""));
    }
}
