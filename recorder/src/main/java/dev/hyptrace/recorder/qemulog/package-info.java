/** QEMU text logs. */
package dev.hyptrace.recorder.qemulog;
