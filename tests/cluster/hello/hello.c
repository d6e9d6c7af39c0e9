// A pod of the stories: answers every request on port 80, in an image of one file.
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n";
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(80)};
  int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  // The first process of a container has no default handlers; without one SIGTERM would be ignored until the kill.
  signal(SIGTERM, _exit);
  signal(SIGPIPE, SIG_IGN);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 64)) return 1;
  for (;;) {
    char request[4096];
    int client = accept(listener, 0, 0);
    if (client < 0) continue;
    if (read(client, request, sizeof request) > 0) (void)!write(client, answer, strlen(answer));
    close(client);
  }
}
