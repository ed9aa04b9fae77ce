/* What the kernel and the C library ask of any static program: the measure of the face. */
int main(void) {
    return 0;
}
