package dev.hyptrace.emulator.core;

/** The memory of a processor that is not connected to any: every access is a synchronous external abort. */
final class NoMemory implements MemorySystem {
    @Override
    public long load(Cpu cpu, int address, int size, boolean unprivileged, boolean aligned) {
        throw ProcessorException.dataAbort(address, Fault.external(false));
    }

    @Override
    public void store(Cpu cpu, int address, int size, long value, boolean unprivileged, boolean aligned) {
        throw ProcessorException.dataAbort(address, Fault.external(true));
    }

    @Override
    public int fetchHalfword(Cpu cpu, int address) {
        throw ProcessorException.prefetchAbort(address, Fault.external(false));
    }

    @Override
    public long fetchAddress(Cpu cpu, int address) {
        throw ProcessorException.prefetchAbort(address, Fault.external(false));
    }

    @Override
    public boolean holdCode(Cpu cpu, long physicalPage) {
        return false;
    }

    @Override
    public void regimeChanged(Cpu cpu) {
        // There is no regime.
    }
}
