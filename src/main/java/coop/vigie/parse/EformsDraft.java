package coop.vigie.parse;

import coop.vigie.notice.LotDeadline.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands in an eForms notice, word for word, before anything is made of it. Filled by {@link EformsFields}. */
final class EformsDraft {

    /** A text in one language; "" when the notice does not say which. */
    record Text(String language, String words) {}

    /** A word with the line it stands on. */
    record Written(String text, int line) {}

    record Amount(String amount, String currency, int line) {}

    /** A date and a time as two elements give them, each with its own offset; "" where one is missing. */
    record WrittenDeadline(Role role, @Nullable String lot, String date, String time, int line) {}

    /** The procedure as a whole, or one lot, group of lots or part of it. */
    static final class Part {
        String id = "";
        String scheme = "";
        final List<Text> titles = new ArrayList<>();
        final List<Text> texts = new ArrayList<>();
        final List<Written> cpv = new ArrayList<>();
        final List<Written> places = new ArrayList<>();
        final List<String> countries = new ArrayList<>();
        final List<WrittenDeadline> deadlines = new ArrayList<>();

        @Nullable
        Amount value;
    }

    static final class Organization {
        String id = "";
        final List<Text> names = new ArrayList<>();
        String country = "";
        String website = "";
    }

    final String root;
    final Part procedure = new Part();
    final List<Part> lots = new ArrayList<>();
    final Map<String, Organization> organizations = new LinkedHashMap<>();
    final List<String> buyers = new ArrayList<>();

    String noticeId = "";
    String version = "";
    String type = "";
    String form = "";
    String subtype = "";
    String procedureId = "";
    final List<String> languages = new ArrayList<>();
    Written issued = new Written("", 0);
    Written publicationNumber = new Written("", 0);
    Written publicationDate = new Written("", 0);

    /** False where offsets are known to be wrong so often that saying so would help nobody. */
    boolean offsetsTrusted = true;

    boolean changes;
    final List<String> changeReasons = new ArrayList<>();
    final List<String> changedNotices = new ArrayList<>();

    final List<Written> submissionLanguages = new ArrayList<>();
    final List<Written> freeDocuments = new ArrayList<>();
    final List<Written> restrictedDocuments = new ArrayList<>();
    final List<Written> submissionAddresses = new ArrayList<>();
    String buyerProfile = "";

    /** The part that is being read. */
    Part part = procedure;

    /** The organization that is being read. */
    Organization organization = new Organization();

    private String periodDate = "";
    private String periodTime = "";
    private int periodLine;
    private String documentType = "";
    private @Nullable Written documentAddress;

    EformsDraft(String root) {
        this.root = root;
    }

    /** The procedure, then its lots. */
    List<Part> parts() {
        return Stream.concat(Stream.of(procedure), lots.stream()).toList();
    }

    void beginLot() {
        part = new Part();
    }

    void endLot() {
        lots.add(part);
        part = procedure;
    }

    void beginOrganization() {
        organization = new Organization();
    }

    void endOrganization() {
        organizations.putIfAbsent(organization.id, organization);
    }

    void beginPeriod() {
        periodDate = "";
        periodTime = "";
        periodLine = 0;
    }

    void periodDate(String date, int line) {
        periodDate = date;
        periodLine = line;
    }

    void periodTime(String time, int line) {
        periodTime = time;
        periodLine = line;
    }

    void endPeriod(Role role) {
        if (!periodDate.isEmpty() || !periodTime.isEmpty()) {
            String lot = part.id.isEmpty() ? null : part.id;
            part.deadlines.add(new WrittenDeadline(role, lot, periodDate, periodTime, periodLine));
        }
    }

    void beginDocument() {
        documentType = "";
        documentAddress = null;
    }

    void documentType(String type) {
        documentType = type;
    }

    void documentAddress(Written address) {
        documentAddress = documentAddress == null ? address : documentAddress;
    }

    void endDocument() {
        if (documentAddress != null) {
            (documentType.equals("restricted-document") ? restrictedDocuments : freeDocuments).add(documentAddress);
        }
    }
}
