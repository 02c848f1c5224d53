#!/bin/sh
# Records the files of vectors anew from QEMU. Needs qemu-system-arm and binutils-arm-none-eabi.
# Not for a continuous-integration run: what it writes is what the tests compare with.
set -eu
if [ -n "${CI:-}" ]; then
    echo "record.sh: refuses to run where CI is set" >&2
    exit 2
fi
cd "$(dirname "$0")/../../../.."
mvn -q -B -f .. test-compile -pl emulator
version=$(qemu-system-arm --version | sed -n '1s/ (.*//p')
java -cp target/classes:target/test-classes dev.hyptrace.emulator.oracle.Vectors "$version"
java -cp target/classes:target/test-classes dev.hyptrace.emulator.lockstep.Slice nonsecure secure
wc -lc src/test/resources/dev/hyptrace/emulator/oracle/*.vectors*
