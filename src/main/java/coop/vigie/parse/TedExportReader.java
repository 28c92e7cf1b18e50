package coop.vigie.parse;

import coop.vigie.parse.EformsDraft.Amount;
import coop.vigie.parse.EformsDraft.Organization;
import coop.vigie.parse.EformsDraft.Part;
import coop.vigie.parse.EformsDraft.Text;
import coop.vigie.parse.EformsDraft.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML of the Official Journal from before eForms (TED_EXPORT, R2.0.8 and R2.0.9, 2011 to 2024) into the same draft.
 *
 * <p>Elements are recognised by their name and that of their parent, whatever their namespace, which changed with every release: the
 * names are distinctive, while the paths differ between the twenty-five forms. What R2.0.8 calls otherwise is taken from
 * the coded section at the top, which stayed the same. A form that is there in several languages counts once for dates, codes and
 * amounts, and for its texts in each of them.
 */
final class TedExportReader {

    /** TED_ESENDERS is the same notice on its way to the Official Journal. */
    static final Set<String> ROOTS = Set.of("TED_EXPORT", "TED_ESENDERS");

    /** Below the JDK's own limit, whose message helps nobody; real notices have some 12 levels. */
    private static final int MAX_DEPTH = 60;

    private static final Set<String> TITLES =
            Set.of("TITLE", "TITLE_CONTRACT", "TITLE_DESIGN_CONTACT_NOTICE", "TI_DOC");
    private static final Set<String> TEXTS = Set.of("SHORT_CONTRACT_DESCRIPTION", "CONTENTS", "TI_TEXT");
    private static final Set<String> OBJECTS = Set.of("OBJECT_CONTRACT", "OBJECT_DESCR");
    private static final Set<String> BUYERS =
            Set.of("ADDRESS_CONTRACTING_BODY", "ADDRESS_CONTRACTING_BODY_ADDITIONAL", "CA_CE_CONCESSIONAIRE_PROFILE");

    private static final Pattern DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:\\s+(\\d{1,2}:\\d{2}))?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})");
    private static final Pattern OJ_NUMBER = Pattern.compile("(\\d{4})\\s*/\\s*S\\s+\\d{1,3}-(\\d{1,8})");

    private final XMLStreamReader reader;
    private final EformsDraft draft;
    private final List<String> open = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder block = new StringBuilder();
    private int blockDepth;

    private final TedExportForm form = new TedExportForm();
    private boolean firstForm;
    private int forms;
    private int lot;
    private String language = "";
    private String currency = "";
    private String valueType = "";
    private String country = "";
    private boolean restrictedDocuments;
    private final List<Text> translatedTitles = new ArrayList<>();
    private String codedDeadline = "";
    private int codedLine;
    private String date = "";
    private String time = "";
    private int line;
    private String day = "";
    private String month = "";
    private String year = "";
    private String changedSection = "";

    TedExportReader(XMLStreamReader reader, EformsDraft draft) {
        this.reader = reader;
        this.draft = draft;
    }

    /** Reads on to the end of the document; the reader stands on its root element. */
    void read() throws XMLStreamException {
        draft.publicationNumber =
                new Written(attribute("DOC_ID"), reader.getLocation().getLineNumber());
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() > MAX_DEPTH) {
                        throw new XMLStreamException("elements more than " + MAX_DEPTH + " deep", reader.getLocation());
                    }
                    String parent = open.isEmpty() ? "" : open.getLast();
                    String name = reader.getLocalName();
                    open.add(name);
                    begin(name, parent);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    text.append(reader.getText());
                    if (blockDepth > 0) {
                        block.append(reader.getText().replaceAll("\\s+", " "));
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (!open.isEmpty()) {
                        String name = open.removeLast();
                        end(name, open.isEmpty() ? "" : open.getLast());
                    }
                }
                // Without a DOCTYPE no entity is declared; left out silently, one could change a date.
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException(
                            "unknown entity &" + reader.getLocalName() + ";", reader.getLocation());
                default -> {}
            }
        }
        finish();
    }

    private void begin(String name, String parent) {
        text.setLength(0);
        if (blockDepth == 0 && isBlock(name, parent)) {
            blockDepth = open.size();
            block.setLength(0);
        }
        if (parent.equals("FORM_SECTION")) {
            beginForm();
        }
        if (BUYERS.contains(name) && firstForm) {
            draft.beginOrganization();
        }
        switch (name) {
            case "ML_TI_DOC", "AA_NAME" -> language = attribute("LG");
            case "ISO_COUNTRY" -> country = iso(attribute("VALUE"));
            case "TD_DOCUMENT_TYPE" -> form.document = attribute("CODE");
            case "PR_PROC" -> form.procedure = attribute("CODE");
            case "ORIGINAL_CPV" -> draft.procedure.cpv.add(written(attribute("CODE")));
            case "PERFORMANCE_NUTS", "ORIGINAL_NUTS" -> draft.procedure.places.add(written(attribute("CODE")));
            case "VALUE" -> {
                valueType = attribute("TYPE");
                currency = attribute("CURRENCY");
            }
            case "VAL_ESTIMATED_TOTAL", "VAL_OBJECT" -> currency = attribute("CURRENCY");
            case "OBJECT_DESCR" -> beginLot();
            case "CHANGE" -> changedSection = "";
            default -> {}
        }
        if (firstForm) {
            beginInFirstForm(name, parent);
        }
    }

    private void beginInFirstForm(String name, String parent) {
        switch (name) {
            case "NOTICE" -> form.type = attribute("TYPE");
            case "CPV_CODE" -> draft.part.cpv.add(written(attribute("CODE")));
            case "NUTS" -> {
                if (parent.equals("OBJECT_DESCR") || parent.equals("LOCATION_NUTS")) {
                    draft.part.places.add(written(attribute("CODE")));
                }
            }
            case "LANGUAGE" -> {
                if (parent.equals("LANGUAGES")) {
                    draft.submissionLanguages.add(written(attribute("VALUE")));
                }
            }
            case "DOCUMENT_RESTRICTED" -> restrictedDocuments = true;
            default -> {}
        }
    }

    private void end(String name, String parent) {
        String value = text.toString().strip();
        if (blockDepth > open.size()) {
            blockDepth = 0;
            endBlock(name, block.toString().strip());
        } else if (blockDepth > 0 && name.equals("P")) {
            block.append('\n');
        }
        switch (name) {
            case "LG_ORIG" -> draft.languages.add(value);
            case "DATE_PUB" -> draft.publicationDate = written(day(value));
            case "DS_DATE_DISPATCH" -> draft.issued = written(day(value));
            case "NO_DOC_EXT" -> draft.noticeId = value;
            case "NO_DOC_OJS" -> {
                if (parent.equals("REF_NOTICE")) {
                    draft.changedNotices.add(number(value));
                } else if (draft.publicationNumber.text().isEmpty()) {
                    draft.publicationNumber = written(number(value));
                }
            }
            case "DT_DATE_FOR_SUBMISSION" -> {
                codedDeadline = value;
                codedLine = reader.getLocation().getLineNumber();
            }
            case "VALUE" -> {
                if (parent.equals("VALUES") && valueType.equals("ESTIMATED_TOTAL")) {
                    draft.procedure.value = amount(value);
                }
            }
            case "AA_NAME" -> translatedName(value);
            case "OBJECT_DESCR" -> endLot();
            default -> {}
        }
        if (firstForm) {
            endInFirstForm(name, parent, value);
        }
        if (BUYERS.contains(name) && firstForm) {
            draft.organization.id = "buyer-" + draft.buyers.size();
            draft.buyers.add(draft.organization.id);
            draft.organization.country = country;
            draft.endOrganization();
        }
        text.setLength(0);
    }

    private void endInFirstForm(String name, String parent, String value) {
        switch (name) {
            case "OFFICIALNAME" -> {
                // R2.0.8 puts the name one level deeper, into ORGANISATION.
                if (open.stream().anyMatch(BUYERS::contains)) {
                    draft.organization.names.add(new Text(language, value));
                }
            }
            case "URL_GENERAL" -> {
                if (BUYERS.contains(parent)) {
                    draft.organization.website = value;
                }
            }
            case "URL_BUYER" -> draft.buyerProfile = value;
            case "URL_DOCUMENT" ->
                (restrictedDocuments ? draft.restrictedDocuments : draft.freeDocuments).add(written(value));
            case "URL_PARTICIPATION" -> draft.submissionAddresses.add(written(value));
            case "NOTICE_NUMBER_OJ" -> draft.changedNotices.add(number(value));
            case "LOT_NO" -> {
                if (parent.equals("OBJECT_DESCR")) {
                    draft.part.id = value;
                }
            }
            case "VAL_ESTIMATED_TOTAL" -> {
                if (parent.equals("OBJECT_CONTRACT")) {
                    draft.procedure.value = amount(value);
                }
            }
            case "VAL_OBJECT" -> draft.part.value = amount(value);
            default -> endOfDates(name, parent, value);
        }
    }

    private void endOfDates(String name, String parent, String value) {
        switch (name) {
            case "DATE_RECEIPT_TENDERS" -> deadline(value);
            case "TIME_RECEIPT_TENDERS" -> time = value;
            case "SECTION" -> changedSection = value;
            case "DATE" -> {
                // IV.2.2 is the time limit for receipt of tenders or requests, in all forms that have one.
                if (parent.equals("NEW_VALUE") && changedSection.equals("IV.2.2")) {
                    deadline(value);
                }
            }
            case "TIME" -> {
                if ((parent.equals("NEW_VALUE") && changedSection.equals("IV.2.2"))
                        || parent.equals("RECEIPT_LIMIT_DATE")) {
                    time = value;
                }
            }
            case "DAY" -> day = value;
            case "MONTH" -> month = value;
            case "YEAR" -> year = value;
            case "RECEIPT_LIMIT_DATE" -> deadline(year + "-" + twoDigits(month) + "-" + twoDigits(day));
            default -> {}
        }
    }

    // The forms

    private void beginForm() {
        forms++;
        firstForm = forms == 1;
        lot = 0;
        language = attribute("LG");
        if (firstForm) {
            form.number = attribute("FORM");
        }
        if (!draft.languages.contains(language) && !language.isEmpty()) {
            draft.languages.add(language);
        }
    }

    private void beginLot() {
        if (firstForm) {
            draft.beginLot();
        } else {
            draft.part = lot < draft.lots.size() ? draft.lots.get(lot) : new Part();
        }
        lot++;
    }

    private void endLot() {
        if (firstForm) {
            draft.endLot();
        } else {
            draft.part = draft.procedure;
        }
    }

    private boolean isBlock(String name, String parent) {
        return switch (name) {
            case "TITLE", "SHORT_DESCR" -> OBJECTS.contains(parent);
            case "TEXT" -> parent.equals("NEW_VALUE");
            default -> TITLES.contains(name) || TEXTS.contains(name);
        };
    }

    private void endBlock(String name, String words) {
        String lines = words.replaceAll(" *\n *", "\n").strip();
        if (name.equals("TI_TEXT")) {
            translatedTitles.add(new Text(language, lines));
        } else if (TITLES.contains(name)) {
            draft.part.titles.add(new Text(language, lines));
        } else {
            draft.part.texts.add(new Text(language, lines));
        }
    }

    /** The buyer's name stands in the coded section, too, and for R2.0.8 nowhere else that is sure. */
    private void translatedName(String name) {
        Organization buyer = draft.organizations.computeIfAbsent("named", id -> new Organization());
        buyer.id = "named";
        buyer.country = country;
        buyer.names.add(new Text(language, name));
    }

    // The end

    private void finish() {
        draft.form = form.eformsName();
        if (draft.buyers.isEmpty() && draft.organizations.containsKey("named")) {
            draft.buyers.add("named");
        }
        // The Journal's own title is the name of the main CPV code in 24 languages: better than none, no better than
        // that.
        boolean titled = draft.parts().stream().anyMatch(part -> !part.titles.isEmpty());
        if (!titled) {
            translatedTitles.stream()
                    .filter(title -> draft.languages.contains(title.language()))
                    .forEach(draft.procedure.titles::add);
        }
        boolean coded =
                date.isEmpty() && time.isEmpty() && !codedDeadline.isEmpty() && draft.form.equals("competition");
        if (coded) {
            Matcher matcher = DAY.matcher(codedDeadline);
            boolean known = matcher.matches();
            date = known ? day(codedDeadline) : codedDeadline;
            time = known && matcher.group(4) != null ? matcher.group(4) : "";
            line = codedLine;
        }
        if (!date.isEmpty() || !time.isEmpty()) {
            draft.beginPeriod();
            draft.periodTime(clock(time), line);
            draft.periodDate(date, line);
            draft.endPeriod(form.role());
        }
    }

    private void deadline(String value) {
        date = value;
        line = reader.getLocation().getLineNumber();
    }

    // Words

    private String attribute(String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value.strip();
    }

    private Written written(String value) {
        return new Written(value, reader.getLocation().getLineNumber());
    }

    private @Nullable Amount amount(String value) {
        return value.isEmpty()
                ? null
                : new Amount(value, currency, reader.getLocation().getLineNumber());
    }

    /** 20200807 as 2020-08-07; anything else as it is, for the warning. */
    private static String day(String value) {
        Matcher matcher = DAY.matcher(value);
        return matcher.matches() ? "%s-%s-%s".formatted(matcher.group(1), matcher.group(2), matcher.group(3)) : value;
    }

    /** 9:00 as 09:00:00. */
    private static String clock(String value) {
        Matcher matcher = TIME.matcher(value);
        return matcher.matches() ? twoDigits(matcher.group(1)) + ":" + matcher.group(2) + ":00" : value;
    }

    private static String twoDigits(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    /** 2020/S 152-373612 as 373612-2020. */
    private static String number(String value) {
        Matcher matcher = OJ_NUMBER.matcher(value);
        return matcher.matches() ? matcher.group(2) + "-" + matcher.group(1) : value;
    }

    /** TED writes countries as NUTS does. */
    private static String iso(String nuts) {
        return switch (nuts) {
            case "EL" -> "GR";
            case "UK" -> "GB";
            default -> nuts;
        };
    }
}
