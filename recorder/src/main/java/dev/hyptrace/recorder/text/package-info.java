/** Reading lines of text of any length in bounded memory: what the importers of text formats stand on. */
package dev.hyptrace.recorder.text;
