package coop.vigie.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The sample documents, with dates relative to a moment. */
final class Samples {

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final Pattern DATE = Pattern.compile("\\{(rfc|iso|fr|nl|num):([a-z]+|-?\\d+)}");
    private static final int RESIDENCES_CLOSE = 12;
    private static final int RESIDENCES_MOVED_TO = 26;

    private final Instant now;
    private final LocalDate today;
    private final Locale french = Locale.forLanguageTag("fr-BE");
    private final Locale dutch = Locale.forLanguageTag("nl-BE");

    Samples(Instant now) {
        this.now = now;
        this.today = LocalDate.ofInstant(now, ZONE);
    }

    /**
     * A notice to be written as eForms.
     *
     * @param language as eForms writes it
     * @param days until the tender deadline; 0 for an announcement without one
     */
    private record Tender(
            int number,
            String language,
            String title,
            String text,
            String buyer,
            String nuts,
            String cpv,
            int days,
            String time,
            String value) {}

    private static final List<Tender> TENDERS = List.of(
            new Tender(
                    100101,
                    "FRA",
                    "Scénographie et création lumière pour un festival",
                    "Conception, montage et régie.",
                    "Ville de Namur",
                    "BE352",
                    "92310000",
                    24,
                    "11:00:00",
                    "85000"),
            new Tender(
                    100102,
                    "NLD",
                    "Vertaling van culturele brochures",
                    "Frans, Engels en Nederlands, raamovereenkomst.",
                    "Stad Gent",
                    "BE234",
                    "79530000",
                    9,
                    "10:00:00",
                    "40000"),
            new Tender(
                    100103,
                    "ENG",
                    "Interpretation at public hearings",
                    "Simultaneous interpretation, four languages.",
                    "Agency for Cultural Exchange",
                    "BE100",
                    "79540000",
                    30,
                    "17:00:00",
                    "220000"),
            new Tender(
                    100104,
                    "DEU",
                    "Übersetzung amtlicher Texte",
                    "Französisch und Deutsch, für drei Gemeinden.",
                    "Gemeinde Eupen",
                    "BE336",
                    "79530000",
                    18,
                    "12:00:00",
                    ""),
            new Tender(
                    100105,
                    "FRA",
                    "Captation et sous-titrage de pièces de théâtre",
                    "Douze captations par saison.",
                    "Commission communautaire",
                    "BE100",
                    "92111000",
                    5,
                    "14:00:00",
                    "60000"),
            new Tender(
                    100106,
                    "NLD",
                    "Podiumtechniek en belichting",
                    "Technici voor een cultuurcentrum, drie jaar.",
                    "Stad Antwerpen",
                    "BE211",
                    "92370000",
                    20,
                    "11:00:00",
                    ""),
            new Tender(
                    100107,
                    "FRA",
                    "Étude d'architecture pour la rénovation d'un théâtre",
                    "Mission complète.",
                    "Ville de Liège",
                    "BE332",
                    "71200000",
                    33,
                    "11:00:00",
                    ""),
            new Tender(
                    100108,
                    "ENG",
                    "Forthcoming: theatre residencies, 2027–2029",
                    "Prior information.",
                    "Agency for Cultural Exchange",
                    "BE100",
                    "92310000",
                    0,
                    "",
                    ""));

    /** An archive of eForms notices; the second time with a change notice that moves the first one's deadline. */
    byte[] notices(boolean second) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Tender tender : TENDERS) {
            files.put(tender.number() + "-" + today.getYear() + ".xml", notice(tender, tender.number(), ""));
        }
        if (second) {
            Tender first = TENDERS.getFirst();
            var moved = new Tender(
                    first.number(),
                    first.language(),
                    first.title(),
                    first.text(),
                    first.buyer(),
                    first.nuts(),
                    first.cpv(),
                    38,
                    first.time(),
                    first.value());
            String changes = """
                    <efac:Changes>
                      <efbc:ChangedNoticeIdentifier>%s-01</efbc:ChangedNoticeIdentifier>
                      <efac:ChangeReason><cbc:ReasonCode listName="change-corrig-justification">cor-buy</cbc:ReasonCode></efac:ChangeReason>
                    </efac:Changes>""".formatted(uuid("notice", first.number()));
            files.put("100201-" + today.getYear() + ".xml", notice(moved, 100201, changes));
        }
        return zip(files);
    }

    private String notice(Tender tender, int publication, String changes) {
        boolean planned = tender.days() == 0;
        LocalDate closes = today.plusDays(tender.days());
        String offset = closes.atStartOfDay(ZONE).getOffset().toString();
        String deadline = planned
                ? ""
                : "<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>%s%s</cbc:EndDate><cbc:EndTime>%s%s</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>"
                        .formatted(closes, offset, tender.time(), offset);
        String value = tender.value().isEmpty()
                ? ""
                : "<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID=\"EUR\">%s</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>"
                        .formatted(tender.value());
        return resource("notice.xml")
                .replace("{changes}", changes)
                .replace("{lang}", tender.language())
                .replace("{buyer}", tender.buyer())
                .replace("{nuts}", tender.nuts())
                .replace("{publication}", "%08d-%d".formatted(publication, today.getYear()))
                .replace(
                        "{published}",
                        today.minusDays(publication == tender.number() ? 4 : 0).toString())
                .replace("{notice}", uuid("notice", publication))
                .replace("{procedure}", uuid("procedure", tender.number()))
                .replace("{form}", planned ? "planning" : "competition")
                .replace("{type}", planned ? "pin-only" : "cn-standard")
                .replace("{title}", tender.title())
                .replace("{text}", tender.text())
                .replace("{value}", value)
                .replace("{cpv}", tender.cpv())
                .replace("{deadline}", deadline);
    }

    private static String uuid(String what, int number) {
        return UUID.nameUUIDFromBytes((what + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** A feed with calls in French; the second time one deadline has moved. */
    byte[] french(boolean second) {
        return feed("calls-fr.xml", second);
    }

    /** A feed with calls in Dutch, always the same. */
    byte[] dutch() {
        return feed("oproepen-nl.xml", false);
    }

    private byte[] feed(String name, boolean second) {
        return DATE.matcher(resource(name))
                .replaceAll(found -> {
                    int days = found.group(2).equals("residences")
                            ? (second ? RESIDENCES_MOVED_TO : RESIDENCES_CLOSE)
                            : Integer.parseInt(found.group(2));
                    return date(found.group(1), days);
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    private String date(String form, int days) {
        LocalDate date = today.plusDays(days);
        return switch (form) {
            case "rfc" ->
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        now.plusSeconds(86_400L * days).atOffset(ZoneOffset.UTC));
            case "iso" ->
                now.plusSeconds(86_400L * days)
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        .toString();
            case "fr" -> DateTimeFormatter.ofPattern("d MMMM yyyy", french).format(date);
            case "nl" -> DateTimeFormatter.ofPattern("d MMMM yyyy", dutch).format(date);
            default -> DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT).format(date);
        };
    }

    String groups() {
        return resource("groups.yaml");
    }

    private static String resource(String name) {
        try (InputStream in = Samples.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its own sample " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] zip(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
