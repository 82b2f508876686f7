// What stands in the way of a back-up or of bringing one back, in a sentence for whoever runs the service.
export class BackupProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupProblem';
  }
}
