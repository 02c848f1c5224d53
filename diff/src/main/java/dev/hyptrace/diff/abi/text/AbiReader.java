package dev.hyptrace.diff.abi.text;

import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormatParseInfoTree;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads descriptions, and refuses what makes no sense with the line and column where it stands. */
public final class AbiReader {
    private static final long LONGEST = 1 << 20;

    private static final String UNKNOWN_FIELD = "Input contains unknown fields";

    private AbiReader() {}

    /**
     * Reads a file.
     *
     * @throws AbiFormatException when it is no description
     */
    public static Abi read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new AbiFormatException(path + ": is a directory, expected a description in protobuf's text format");
        }
        if (Files.size(path) > LONGEST) {
            throw new AbiFormatException(
                    path + ": " + Files.size(path) + " bytes, expected a description of at most " + LONGEST);
        }
        try {
            return parse(path.toString(), Files.readString(path));
        } catch (CharacterCodingException e) {
            throw new AbiFormatException(path + ": is no UTF-8 text, expected a description in protobuf's text format");
        }
    }

    /**
     * Reads a text.
     *
     * @param name stands before positions in messages
     */
    public static Abi parse(String name, String text) throws AbiFormatException {
        AbiText.Abi.Builder message = AbiText.Abi.newBuilder();
        TextFormatParseInfoTree.Builder places = TextFormatParseInfoTree.builder();
        try {
            TextFormat.Parser.newBuilder()
                    .setParseInfoTreeBuilder(places)
                    .build()
                    .merge(text, message);
        } catch (TextFormat.ParseException e) {
            throw new AbiFormatException(name + ":" + e.getLine() + ":" + e.getColumn() + ": " + reason(e));
        }
        return abi(new Part(name, message.build(), places.build()));
    }

    /** What protobuf says, without the position that it begins with. */
    private static String reason(TextFormat.ParseException e) {
        String message = e.getMessage();
        String position = e.getLine() + ":" + e.getColumn() + ": ";
        String reason = message.startsWith(position) ? message.substring(position.length()) : message;
        return reason.startsWith(UNKNOWN_FIELD)
                ? "there is no field " + reason.substring(reason.lastIndexOf('\t') + 1)
                : reason;
    }

    private static Abi abi(Part part) throws AbiFormatException {
        AbiText.Abi message = (AbiText.Abi) part.message();
        part.require("name", !message.getName().isEmpty(), "expected a name");
        part.require(
                "name", message.getName().matches("[a-z0-9][a-z0-9.+-]*"), "expected small letters, digits, . + and -");
        part.require("party", message.getParty() != AbiText.Party.PARTY_UNSPECIFIED, "expected a party");
        part.require("function", message.getFunctionCount() > 0, "expected at least one function");
        Abi.Architecture architecture =
                part.constant("architecture", message.getArchitecture(), Abi.Architecture.class);
        List<AbiFunction> functions = part.each(
                "function",
                child -> FunctionReader.function(
                        child, architecture, message.getEntry().getSelector()));
        FunctionReader.checkSelectors(part, functions);
        return new Abi(
                message.getName(),
                message.getTitle(),
                message.getTextList(),
                part.constant("party", message.getParty(), Abi.Party.class),
                architecture,
                part.each("versions", AbiReader::versions),
                part.each("source", AbiReader::source),
                entry(part, message.getEntry(), architecture),
                functions,
                message.getNotValidatedList(),
                part.each("slot", AbiReader::slot),
                part.each("keep_in_step", AbiReader::keepInStep),
                part.registers("contract_clobbers", message.getContractClobbersList(), architecture),
                message.getUncertainList(),
                message.getSeeAlsoList(),
                part.each("evidence", AbiReader::evidence));
    }

    private static Abi.Evidence evidence(Part part) throws AbiFormatException {
        AbiText.Evidence message = (AbiText.Evidence) part.message();
        boolean isField = AbiText.Abi.getDescriptor().findFieldByName(message.getField()) != null;
        part.require("field", isField, "expected the name of a field of a description");
        return new Abi.Evidence(message.getField(), message.getProofList());
    }

    private static Abi.Versions versions(Part part) {
        AbiText.Versions message = (AbiText.Versions) part.message();
        return new Abi.Versions(message.getProduct(), message.getFrom(), message.getTo(), message.getNote());
    }

    private static Abi.Source source(Part part) {
        AbiText.Source message = (AbiText.Source) part.message();
        return new Abi.Source(message.getFile(), message.getVersion(), message.getNote());
    }

    private static Abi.Slot slot(Part part) throws AbiFormatException {
        AbiText.Slot message = (AbiText.Slot) part.message();
        boolean isSlot = message.getOffset() >= 0 && message.getOffset() <= 0x1c && message.getOffset() % 4 == 0;
        part.require("offset", isSlot, "expected the offset of a vector: 0, 4, 8 to 0x1c");
        return new Abi.Slot(message.getOffset(), message.getBehaviour());
    }

    private static Abi.KeepInStep keepInStep(Part part) {
        AbiText.KeepInStep message = (AbiText.KeepInStep) part.message();
        return new Abi.KeepInStep(message.getParty(), message.getWhy());
    }

    private static Abi.Entry entry(Part part, AbiText.Entry message, Abi.Architecture architecture)
            throws AbiFormatException {
        Part child = part.child("entry", 0, message);
        for (int i = 0; i < message.getImmediateCount(); i++) {
            boolean fits = Integer.compareUnsigned(message.getImmediate(i), 0xffff) <= 0;
            child.require("immediate", i, fits, "expected 16 bits");
        }
        Optional<String> selector = message.getSelector().isEmpty()
                ? Optional.empty()
                : Optional.of(child.register("selector", 0, message.getSelector(), architecture));
        return new Abi.Entry(
                child.constant("instruction", message.getInstruction(), Abi.Instruction.class),
                message.getImmediateList(),
                selector,
                message.getHostOnly());
    }
}
