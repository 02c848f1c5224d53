package dev.hyptrace.cli.view;

import com.google.gson.stream.JsonWriter;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.model.AddressMap;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.TraceHeader;
import dev.hyptrace.traces.summary.Recorded;
import dev.hyptrace.traces.summary.TraceSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.function.Function;

/**
 * What a recording holds, as one JSON object.
 *
 * <pre>
 * {"file", "source", "tool", "machine", "commandLine": [], "images": [{"name", "sha256", "address"}],
 *  "maps": ["0x80000000=0x40000000+0x10000000"], "attributes": {},
 *  "bytes", "chunks", "processors": [],
 *  "events": {"step": 177, ...}, "exceptions": {"Hypervisor Call": 5}, "hypercalls": {"returned": 5, ...},
 *  "registers": {"step": {"R0": {"known": 177, "derived": 0}, ...}, ...},
 *  "damage": [{"offset", "what"}]}
 * </pre>
 */
public final class InfoJson {
    private final HtrTrace trace;
    private final TraceSummary summary;
    private final JsonWriter json;
    private final Writer out;

    public InfoJson(HtrTrace trace, TraceSummary summary, Writer out) {
        this.trace = trace;
        this.summary = summary;
        this.out = out;
        json = new JsonWriter(out);
        json.setIndent("  ");
        json.setSerializeNulls(true);
        json.setHtmlSafe(false);
    }

    public void write() throws IOException {
        json.beginObject();
        json.name("file").value(trace.name());
        header(summary.header());
        json.name("bytes").value(trace.bytes());
        json.name("chunks").value(trace.chunks());
        json.name("processors").beginArray();
        for (int cpu : summary.processors()) {
            json.value(cpu);
        }
        json.endArray();
        counts("events", summary.events(), type -> type.text());
        counts("exceptions", summary.exceptions(), kind -> kind.manualName());
        counts("hypercalls", summary.hypercalls(), outcome -> outcome.text());
        registers();
        damage();
        json.endObject();
        json.flush();
        out.write('\n');
    }

    private void header(TraceHeader header) throws IOException {
        json.name("source").value(header.source());
        json.name("tool").value(header.tool());
        json.name("machine").value(header.machine());
        json.name("commandLine").beginArray();
        for (String argument : header.commandLine()) {
            json.value(argument);
        }
        json.endArray().name("images").beginArray();
        for (TraceHeader.Image image : header.images()) {
            json.beginObject();
            json.name("name").value(image.name());
            json.name("sha256").value(image.sha256());
            json.name("address").value(image.address().map(Hex::word).orElse(null));
            json.endObject();
        }
        json.endArray().name("maps").beginArray();
        for (AddressMap map : header.maps()) {
            json.value(map.toString());
        }
        json.endArray().name("attributes").beginObject();
        for (Map.Entry<String, String> attribute : header.attributes().entrySet()) {
            json.name(attribute.getKey()).value(attribute.getValue());
        }
        json.endObject();
    }

    private <K> void counts(String name, Map<K, Long> counts, Function<K, String> key) throws IOException {
        json.name(name).beginObject();
        for (Map.Entry<K, Long> entry : counts.entrySet()) {
            json.name(key.apply(entry.getKey())).value(entry.getValue());
        }
        json.endObject();
    }

    private void registers() throws IOException {
        json.name("registers").beginObject();
        for (var type : summary.registers().entrySet()) {
            json.name(type.getKey().text()).beginObject();
            for (Map.Entry<Register, Recorded> given : type.getValue().entrySet()) {
                json.name(given.getKey().manualName()).beginObject();
                json.name("known").value(given.getValue().known());
                json.name("derived").value(given.getValue().derived());
                json.endObject();
            }
            json.endObject();
        }
        json.endObject();
    }

    private void damage() throws IOException {
        json.name("damage").beginArray();
        for (Trace.Damage damage : trace.damage()) {
            json.beginObject();
            json.name("offset").value(damage.offset());
            json.name("what").value(damage.what());
            json.endObject();
        }
        json.endArray();
    }
}
