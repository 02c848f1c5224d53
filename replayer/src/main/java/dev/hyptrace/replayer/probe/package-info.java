/**
 * What a hypervisor stub does, found out by calling it: {@link dev.hyptrace.replayer.probe.Prober} runs an image until
 * something is in place behind HVBAR, an {@link dev.hyptrace.replayer.probe.Occupant}, and tries each call of the
 * {@link dev.hyptrace.replayer.probe.ProbeMatrix} from that moment on.
 *
 * <p>Each call is an {@link dev.hyptrace.replayer.probe.Experiment}: registers get canaries, HVC is made, what follows is
 * watched until it is clear how it ends, and the machine is brought back. {@link dev.hyptrace.replayer.probe.ProbeReport}
 * is the account of it; its canonical text names values by what was put in and not by where the image lies, so that its
 * SHA-256, the fingerprint, is that of the interface.
 */
package dev.hyptrace.replayer.probe;
