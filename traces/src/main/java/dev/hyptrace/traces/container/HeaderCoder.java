package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Attribute;
import dev.hyptrace.traces.container.proto.Header;
import dev.hyptrace.traces.container.proto.Image;
import dev.hyptrace.traces.model.AddressMap;
import dev.hyptrace.traces.model.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The header of a trace and its message. */
final class HeaderCoder {
    /** What {@code Header.format_version} is in the files of this version. */
    static final int FORMAT_VERSION = 1;

    private HeaderCoder() {}

    static Header encode(TraceHeader header) {
        Header.Builder message = Header.newBuilder()
                .setFormatVersion(FORMAT_VERSION)
                .setSource(header.source())
                .setTool(header.tool())
                .setMachine(header.machine())
                .addAllCommandLine(header.commandLine())
                .setNames(Names.own().toMessage());
        header.images().forEach(image -> message.addImages(encode(image)));
        header.maps()
                .forEach(map -> message.addMaps(dev.hyptrace.traces.container.proto.AddressMap.newBuilder()
                        .setFrom(map.from())
                        .setTo(map.to())
                        .setSize(map.size())));
        header.attributes()
                .forEach((name, value) -> message.addAttributes(
                        Attribute.newBuilder().setName(name).setValue(value)));
        return message.build();
    }

    private static Image encode(TraceHeader.Image image) {
        Image.Builder message = Image.newBuilder().setName(image.name()).setSha256(image.sha256());
        image.address().ifPresent(message::setAddress);
        return message.build();
    }

    static TraceHeader decode(Header message) throws CorruptChunkException {
        if (message.getFormatVersion() != FORMAT_VERSION) {
            throw new CorruptChunkException("the file's format has version "
                    + Integer.toUnsignedString(message.getFormatVersion()) + ", this program reads version "
                    + FORMAT_VERSION);
        }
        List<TraceHeader.Image> images = new ArrayList<>();
        for (Image image : message.getImagesList()) {
            Optional<Integer> address = image.hasAddress() ? Optional.of(image.getAddress()) : Optional.empty();
            images.add(new TraceHeader.Image(image.getName(), image.getSha256(), address));
        }
        Map<String, String> attributes = new TreeMap<>();
        message.getAttributesList().forEach(attribute -> attributes.put(attribute.getName(), attribute.getValue()));
        return new TraceHeader(
                message.getSource(),
                message.getTool(),
                message.getMachine(),
                message.getCommandLineList(),
                images,
                maps(message),
                attributes);
    }

    private static List<AddressMap> maps(Header message) throws CorruptChunkException {
        List<AddressMap> maps = new ArrayList<>();
        for (dev.hyptrace.traces.container.proto.AddressMap map : message.getMapsList()) {
            try {
                maps.add(new AddressMap(map.getFrom(), map.getTo(), map.getSize()));
            } catch (IllegalArgumentException e) {
                throw new CorruptChunkException(e.getMessage());
            }
        }
        return maps;
    }
}
