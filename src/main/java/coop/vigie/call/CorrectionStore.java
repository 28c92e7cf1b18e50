package coop.vigie.call;

import coop.vigie.call.Corrections.Value;
import coop.vigie.notice.NoticeId;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Corrections, by the ids that calls had when they were corrected. Who made them stands in {@code members.db}. */
final class CorrectionStore {

    private CorrectionStore() {}

    private record Row(String field, Value value) {}

    /** @param call every id of it; of two calls that were joined, the later correction counts */
    static Map<Correction, Value> of(Handle handle, Collection<NoticeId> call) {
        var values = new EnumMap<Correction, Value>(Correction.class);
        List<Row> rows = handle.createQuery(
                        "SELECT field, value, said FROM correction WHERE call_id IN (<calls>) ORDER BY at, call_id")
                .bindList("calls", texts(call))
                .map((row, context) ->
                        new Row(row.getString("field"), new Value(row.getString("value"), row.getString("said"))))
                .list();
        for (Row row : rows) {
            Correction.ofCode(row.field()).ifPresent(correction -> values.put(correction, row.value()));
        }
        return values;
    }

    static void save(Handle handle, NoticeId call, Map<Correction, Value> values, Instant now) {
        values.forEach((correction, value) -> handle.createUpdate("""
                        INSERT INTO correction (call_id, field, value, said, at)
                        VALUES (:call, :field, :value, :said, :at)
                        ON CONFLICT (call_id, field) DO UPDATE SET value = excluded.value, said = excluded.said, at = excluded.at
                        """)
                .bind("call", call.toString())
                .bind("field", correction.code())
                .bind("value", value.json())
                .bind("said", value.said())
                .bind("at", now.toEpochMilli())
                .execute());
    }

    static int forget(Handle handle, Collection<NoticeId> call) {
        return handle.createUpdate("DELETE FROM correction WHERE call_id IN (<calls>)")
                .bindList("calls", texts(call))
                .execute();
    }

    private static List<String> texts(Collection<NoticeId> call) {
        return call.stream().map(NoticeId::toString).toList();
    }
}
