package coop.vigie.index;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/** The fields of an index, and how a {@link Document} fills them. */
final class Schema {

    /** Grows with every change of fields, analysis or sort; an index of another format is rebuilt. */
    static final int FORMAT = 3;

    static final String ID = "id";
    static final String CHANGE = "change";
    static final String SORT_KEY = "sort";
    static final String CLOSES = "closes";
    static final String DEADLINE = "deadline";
    static final String DEADLINE_STATE = "state";
    static final String PUBLISHED = "published";
    static final String VALUE = "value";
    static final String PAYLOAD = "payload";
    static final String TITLE = "title";
    static final String TEXT = "text";
    static final String BUYER = "buyer";

    /** Parts of the compounds of a title or text. */
    static final String TITLE_PARTS = "titleparts";

    static final String TEXT_PARTS = "textparts";

    /** Term of a field that should say that the document has no value there. */
    static final String NONE = "none";

    /** The order everywhere: by deadline, then by id. */
    static final org.apache.lucene.search.Sort DEADLINE_ORDER = new org.apache.lucene.search.Sort(
            new SortField(SORT_KEY, SortField.Type.LONG), new SortField(ID, SortField.Type.STRING));

    private static final int LONGEST_CODE = 8;

    /**
     * Without the text's length, of which the folded field next to it takes account. Of four languages, most documents have
     * none: writing lengths that most documents lack is slower than all the rest.
     */
    private static final FieldType WITHOUT_LENGTH = withoutLength();

    private Schema() {}

    private static FieldType withoutLength() {
        var type = new FieldType(TextField.TYPE_NOT_STORED);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    static String field(String base, TextLanguage language) {
        return base + "_" + language.suffix();
    }

    static Analyzer analyzer() {
        var byField = new HashMap<String, Analyzer>();
        for (TextLanguage language : TextLanguage.values()) {
            byField.put(field(TITLE, language), language.analyzer());
            byField.put(field(TEXT, language), language.analyzer());
        }
        for (TextLanguage language : TextLanguage.COMPOUNDING) {
            byField.put(field(TITLE_PARTS, language), language.partsAnalyzer());
            byField.put(field(TEXT_PARTS, language), language.partsAnalyzer());
        }
        return new PerFieldAnalyzerWrapper(TextLanguage.FOLDED.analyzer(), byField);
    }

    static org.apache.lucene.document.Document toLucene(Document from) {
        var to = new org.apache.lucene.document.Document();
        to.add(new StringField(ID, from.id(), Field.Store.YES));
        to.add(new SortedDocValuesField(ID, new BytesRef(from.id())));
        to.add(new StoredField(PAYLOAD, from.payload()));
        addLong(to, CHANGE, from.change());
        to.add(new NumericDocValuesField(SORT_KEY, from.sortKey()));
        // Never closes: one range then answers what is open.
        addLong(
                to,
                CLOSES,
                from.closes() == null ? Long.MAX_VALUE : from.closes().toEpochMilli());
        if (from.published() != null) {
            addLong(to, PUBLISHED, from.published().toEpochMilli());
        }
        if (from.value() != null) {
            addLong(to, VALUE, sortable(from.value().doubleValue()));
        }
        if (from.deadlineState().equals("dated")) {
            addLong(to, DEADLINE, from.sortKey());
        }
        addTerms(to, DEADLINE_STATE, List.of(from.deadlineState().equals("unknown") ? NONE : from.deadlineState()));
        addTexts(to, TITLE, from.titles());
        addTexts(to, TEXT, from.texts());
        for (String name : from.names()) {
            to.add(new TextField(field(BUYER, TextLanguage.FOLDED), TextLanguage.FOLDED.prepare(name), Field.Store.NO));
        }
        addTerms(to, CodeField.KIND.indexed(), List.of(from.kind()));
        addTerms(to, CodeField.LEVEL.indexed(), List.of(from.level()));
        addTerms(to, CodeField.STAGE.indexed(), List.of(from.stage()));
        addTerms(to, CodeField.SOURCE.indexed(), from.sources());
        addTerms(to, CodeField.LANG.indexed(), from.languages());
        addTerms(to, CodeField.SUBMIT.indexed(), from.submissionLanguages());
        addTree(to, CodeField.CPV.indexed(), from.cpv());
        addTree(to, CodeField.PLACE.indexed(), from.places());
        return to;
    }

    private static void addLong(org.apache.lucene.document.Document to, String field, long value) {
        to.add(NumericDocValuesField.indexedField(field, value));
    }

    /**
     * Documents whose value lies between these, both included. Values stand in a column that knows the bounds of each stretch: in the
     * order of deadlines, a date is soon found there, and opening it takes a cold search less than opening a tree of points.
     */
    static Query range(String field, long from, long to) {
        return NumericDocValuesField.newSlowRangeQuery(field, from, to);
    }

    /** In the order of the amounts. */
    static long sortable(double amount) {
        return NumericUtils.doubleToSortableLong(amount);
    }

    private static void addTexts(
            org.apache.lucene.document.Document to, String field, Map<String, String> textByLanguage) {
        textByLanguage.forEach((code, text) -> {
            TextLanguage own = TextLanguage.ofCode(code);
            if (own != TextLanguage.FOLDED) {
                to.add(new Field(field(field, own), own.prepare(text), WITHOUT_LENGTH));
            }
            if (TextLanguage.COMPOUNDING.contains(own)) {
                String parts = field.equals(TITLE) ? TITLE_PARTS : TEXT_PARTS;
                to.add(new Field(field(parts, own), own.prepare(text), WITHOUT_LENGTH));
            }
            to.add(LanguageMark.field(
                    field(field, TextLanguage.FOLDED), TextLanguage.FOLDED.prepare(text), TextLanguage.baseCode(code)));
        });
    }

    private static void addTerms(org.apache.lucene.document.Document to, String field, List<String> values) {
        for (String value : values) {
            to.add(new StringField(field, value.toLowerCase(Locale.ROOT), Field.Store.NO));
        }
    }

    /** Each code with every prefix of two characters or more: a query for a subtree is then one term. */
    private static void addTree(org.apache.lucene.document.Document to, String field, List<String> codes) {
        for (String code : codes) {
            for (int end = Math.min(2, code.length()); end <= Math.min(code.length(), LONGEST_CODE); end++) {
                addTerms(to, field, List.of(code.substring(0, end)));
            }
        }
        if (codes.isEmpty()) {
            addTerms(to, field, List.of(NONE));
        }
    }
}
