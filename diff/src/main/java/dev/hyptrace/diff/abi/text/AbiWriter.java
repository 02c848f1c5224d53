package dev.hyptrace.diff.abi.text;

import com.google.protobuf.TextFormat;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Assignment;

/** Writes descriptions so that {@link AbiReader} reads the same again. */
public final class AbiWriter {
    private AbiWriter() {}

    /** A description in protobuf's text format. */
    public static String write(Abi abi) {
        AbiText.Abi.Builder message = AbiText.Abi.newBuilder()
                .setName(abi.name())
                .setTitle(abi.title())
                .addAllText(abi.text())
                .setParty(AbiText.Party.valueOf(abi.party().name()))
                .setArchitecture(AbiText.Architecture.valueOf(abi.architecture().name()))
                .setEntry(entry(abi.entry()))
                .addAllNotValidated(abi.notValidated())
                .addAllContractClobbers(abi.contractClobbers())
                .addAllUncertain(abi.uncertain())
                .addAllSeeAlso(abi.seeAlso());
        abi.versions()
                .forEach(versions -> message.addVersions(AbiText.Versions.newBuilder()
                        .setProduct(versions.product())
                        .setFrom(versions.from())
                        .setTo(versions.to())
                        .setNote(versions.note())));
        abi.sources()
                .forEach(source -> message.addSource(AbiText.Source.newBuilder()
                        .setFile(source.file())
                        .setVersion(source.version())
                        .setNote(source.note())));
        abi.functions().forEach(function -> message.addFunction(function(function)));
        abi.slots()
                .forEach(slot -> message.addSlot(
                        AbiText.Slot.newBuilder().setOffset(slot.offset()).setBehaviour(slot.behaviour())));
        abi.keepInStep()
                .forEach(keep -> message.addKeepInStep(
                        AbiText.KeepInStep.newBuilder().setParty(keep.party()).setWhy(keep.why())));
        abi.evidence()
                .forEach(shown -> message.addEvidence(
                        AbiText.Evidence.newBuilder().setField(shown.field()).addAllProof(shown.proof())));
        return TextFormat.printer().escapingNonAscii(false).printToString(message.build());
    }

    private static AbiText.Entry.Builder entry(Abi.Entry entry) {
        return AbiText.Entry.newBuilder()
                .setHostOnly(entry.hostOnly())
                .setInstruction(AbiText.Instruction.valueOf(entry.instruction().name()))
                .addAllImmediate(entry.immediates())
                .setSelector(entry.selector().orElse(""));
    }

    private static AbiText.Function.Builder function(AbiFunction function) {
        AbiText.Function.Builder message = AbiText.Function.newBuilder()
                .setName(function.name())
                .addAllText(function.text())
                .setEnding(AbiText.Ending.valueOf(function.ending().name()))
                .setTarget(function.target().map(Object::toString).orElse(""))
                .addAllExactClobbers(function.exactClobbers())
                .addAllContractClobbers(function.contractClobbers())
                .setError(function.error())
                .addAllProof(function.proof())
                .setEvidence(function.evidence());
        function.selectors()
                .forEach(range -> message.addSelector(AbiText.Range.newBuilder()
                        .setFrom(range.from())
                        .setTo(range.to() == range.from() ? 0 : range.to())));
        function.arguments()
                .forEach(argument -> message.addArgument(AbiText.Argument.newBuilder()
                        .setRegister(argument.register())
                        .setName(argument.name())
                        .setText(argument.text())
                        .setKind(AbiText.Kind.valueOf(argument.kind().name()))
                        .setAlignment(argument.alignment())));
        function.sets().forEach(set -> message.addSet(assignment(set)));
        function.fromHyp().ifPresent(hyp -> {
            AbiText.FromHyp.Builder from = AbiText.FromHyp.newBuilder()
                    .setEnding(AbiText.Ending.valueOf(hyp.ending().name()))
                    .setTarget(hyp.target().map(Object::toString).orElse(""))
                    .setText(hyp.text());
            hyp.sets().forEach(set -> from.addSet(assignment(set)));
            message.setFromHyp(from);
        });
        return message;
    }

    private static AbiText.Assignment.Builder assignment(Assignment set) {
        return AbiText.Assignment.newBuilder()
                .setRegister(set.register())
                .setValue(set.value().toString())
                .setText(set.text())
                .setNotHeld(set.notHeld());
    }
}
