package coop.vigie.text;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names of months and weekdays in French, Dutch, English and German, folded. */
final class CalendarWords {

    private static final String MONTH_NAMES = """
            janvier janv january jan januari januar janner jaenner
            fevrier fevr fev february feb februari februar febr
            mars march maart mrt marz maerz mar
            avril avr april apr
            mai may mei
            juin june juni jun
            juillet juil july juli jul
            aout august augustus aug augusti
            septembre september sept sep
            octobre october oct oktober okt
            novembre november nov
            decembre december dec dezember dez
            """;

    private static final Set<String> ENGLISH_MONTHS = Set.of(
            "january",
            "jan",
            "february",
            "feb",
            "march",
            "mar",
            "april",
            "apr",
            "may",
            "june",
            "jun",
            "july",
            "jul",
            "august",
            "aug",
            "september",
            "sept",
            "sep",
            "october",
            "oct",
            "november",
            "nov",
            "december",
            "dec");

    private static final String WEEKDAY_NAMES = """
            lundi lun monday mon maandag ma montag mo
            mardi mar tuesday tue tues dinsdag di dienstag
            mercredi mer wednesday wed woensdag wo woe mittwoch mi
            jeudi jeu thursday thu thur thurs donderdag do don donnerstag
            vendredi ven friday fri vrijdag vr vrij freitag fr
            samedi sam saturday sat zaterdag za zat samstag sa sonnabend
            dimanche dim sunday sun zondag zo zon sonntag so
            """;

    /** From the second on; French counts its days in numbers, and English puts "twenty" before the ones. */
    private static final String ORDINALS = """
            second tweede zweite zweiten
            third derde dritte dritten
            fourth vierde vierte vierten
            fifth vijfde funfte funften
            sixth zesde sechste sechsten
            seventh zevende siebte siebten
            eighth achtste achte achten
            ninth negende neunte neunten
            tenth tiende zehnte zehnten
            eleventh elfde elfte elften
            twelfth twaalfde zwolfte zwolften
            thirteenth dertiende dreizehnte dreizehnten
            fourteenth veertiende vierzehnte vierzehnten
            fifteenth vijftiende funfzehnte funfzehnten
            sixteenth zestiende sechzehnte sechzehnten
            seventeenth zeventiende siebzehnte siebzehnten
            eighteenth achttiende achtzehnte achtzehnten
            nineteenth negentiende neunzehnte neunzehnten
            twentieth twintigste zwanzigste zwanzigsten
            eenentwintigste einundzwanzigste einundzwanzigsten
            tweeentwintigste zweiundzwanzigste zweiundzwanzigsten
            drieentwintigste dreiundzwanzigste dreiundzwanzigsten
            vierentwintigste vierundzwanzigste vierundzwanzigsten
            vijfentwintigste funfundzwanzigste funfundzwanzigsten
            zesentwintigste sechsundzwanzigste sechsundzwanzigsten
            zevenentwintigste siebenundzwanzigste siebenundzwanzigsten
            achtentwintigste achtundzwanzigste achtundzwanzigsten
            negenentwintigste neunundzwanzigste neunundzwanzigsten
            dertigste dreissigste dreißigste dreissigsten dreißigsten
            eenendertigste einunddreissigste einunddreißigste einunddreissigsten einunddreißigsten
            """;

    private static final Map<String, Integer> MONTHS = new HashMap<>();
    private static final Map<String, Set<DayOfWeek>> WEEKDAYS = new HashMap<>();
    private static final Map<String, Integer> DAYS = new HashMap<>();

    static {
        int month = 0;
        for (String line : MONTH_NAMES.lines().toList()) {
            month++;
            for (String name : line.split(" ")) {
                MONTHS.put(name, month);
            }
        }
        int day = 0;
        for (String line : WEEKDAY_NAMES.lines().toList()) {
            day++;
            for (String name : line.split(" ")) {
                WEEKDAYS.computeIfAbsent(name, key -> EnumSet.noneOf(DayOfWeek.class))
                        .add(DayOfWeek.of(day));
            }
        }
        int ordinal = 1;
        for (String line : ORDINALS.lines().toList()) {
            ordinal++;
            for (String name : line.split(" ")) {
                DAYS.put(name, ordinal);
            }
        }
    }

    /** Days written out, as they stand in dates: only the first of a month is common. */
    private static final Set<String> FIRST = Set.of("premier", "eerste", "first", "erste", "ersten");

    private CalendarWords() {}

    /** All of them. */
    static Stream<String> all() {
        return Stream.of(MONTHS.keySet(), WEEKDAYS.keySet(), DAYS.keySet(), FIRST)
                .flatMap(Set::stream);
    }

    /** 1 to 12, or 0 if it is no month. */
    static int month(String word) {
        return MONTHS.getOrDefault(word, 0);
    }

    /** True for names that may stand before their day, as in "May 3". */
    static boolean standsBeforeDay(String month) {
        return ENGLISH_MONTHS.contains(month);
    }

    static @Nullable Set<DayOfWeek> weekday(String word) {
        return WEEKDAYS.get(word);
    }

    /** A weekday written out ("di" and "so" are words, too); null if it is none. */
    static @Nullable DayOfWeek wholeWeekday(@Nullable Token token) {
        Set<DayOfWeek> weekdays = token == null || token.length() < 5 ? null : weekday(token.word());
        return weekdays == null || weekdays.size() > 1
                ? null
                : weekdays.iterator().next();
    }

    static boolean isFirst(String word) {
        return FIRST.contains(word);
    }

    /** 2 to 31 for an ordinal in words, or 0; "the second of May" is a day, "the second May call" is none. */
    static int ordinal(String word) {
        return DAYS.getOrDefault(word, 0);
    }
}
